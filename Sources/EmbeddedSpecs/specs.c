// Made by scripts/embed-specs.sh: `make specs`. A test compares the list with the folder.
#include "EmbeddedSpecs.h"

static const unsigned char file0[] = {
#embed "../../specs/requirements/rfc2034.yaml" suffix(, )
0};
static const unsigned char file1[] = {
#embed "../../specs/requirements/rfc5321.yaml" suffix(, )
0};
static const unsigned char file2[] = {
#embed "../../specs/requirements/rfc6152.yaml" suffix(, )
0};
static const unsigned char file3[] = {
#embed "../../specs/requirements/rfc7504.yaml" suffix(, )
0};
static const unsigned char file4[] = {
#embed "../../specs/rfc1870/3-framework.yaml" suffix(, )
0};
static const unsigned char file5[] = {
#embed "../../specs/rfc1870/4-service-extension.yaml" suffix(, )
0};
static const unsigned char file6[] = {
#embed "../../specs/rfc1870/6-extended-mail-command.yaml" suffix(, )
0};
static const unsigned char file7[] = {
#embed "../../specs/rfc1870/6.1-server-action.yaml" suffix(, )
0};
static const unsigned char file8[] = {
#embed "../../specs/rfc1870/6.3-larger-than-declared.yaml" suffix(, )
0};
static const unsigned char file9[] = {
#embed "../../specs/rfc2920/3-pipelining-service-extension.yaml" suffix(, )
0};
static const unsigned char file10[] = {
#embed "../../specs/rfc2920/3.1-client-use.yaml" suffix(, )
0};
static const unsigned char file11[] = {
#embed "../../specs/rfc2920/3.2-server-support.yaml" suffix(, )
0};
static const unsigned char file12[] = {
#embed "../../specs/rfc3207/3-starttls-keyword.yaml" suffix(, )
0};
static const unsigned char file13[] = {
#embed "../../specs/rfc3207/4-starttls-command.yaml" suffix(, )
0};
static const unsigned char file14[] = {
#embed "../../specs/rfc3207/4.2-result-of-starttls.yaml" suffix(, )
0};
static const unsigned char file15[] = {
#embed "../../specs/rfc3207/6-security-considerations.yaml" suffix(, )
0};
static const unsigned char file16[] = {
#embed "../../specs/rfc5321/2.1-basic-structure.yaml" suffix(, )
0};
static const unsigned char file17[] = {
#embed "../../specs/rfc5321/2.2.1-extension-background.yaml" suffix(, )
0};
static const unsigned char file18[] = {
#embed "../../specs/rfc5321/2.2.2-registration-of-extensions.yaml" suffix(, )
0};
static const unsigned char file19[] = {
#embed "../../specs/rfc5321/2.3.8-lines.yaml" suffix(, )
0};
static const unsigned char file20[] = {
#embed "../../specs/rfc5321/2.4-general-syntax.yaml" suffix(, )
0};
static const unsigned char file21[] = {
#embed "../../specs/rfc5321/3.3-mail-transactions.yaml" suffix(, )
0};
static const unsigned char file22[] = {
#embed "../../specs/rfc5321/4.1.1-command-semantics-and-syntax.yaml" suffix(, )
0};
static const unsigned char file23[] = {
#embed "../../specs/rfc5321/4.1.1.1-hello.yaml" suffix(, )
0};
static const unsigned char file24[] = {
#embed "../../specs/rfc5321/4.1.1.10-quit.yaml" suffix(, )
0};
static const unsigned char file25[] = {
#embed "../../specs/rfc5321/4.1.1.11-parameter-errors.yaml" suffix(, )
0};
static const unsigned char file26[] = {
#embed "../../specs/rfc5321/4.1.1.2-mail.yaml" suffix(, )
0};
static const unsigned char file27[] = {
#embed "../../specs/rfc5321/4.1.1.3-recipient.yaml" suffix(, )
0};
static const unsigned char file28[] = {
#embed "../../specs/rfc5321/4.1.1.4-data.yaml" suffix(, )
0};
static const unsigned char file29[] = {
#embed "../../specs/rfc5321/4.1.1.5-reset.yaml" suffix(, )
0};
static const unsigned char file30[] = {
#embed "../../specs/rfc5321/4.1.1.6-verify.yaml" suffix(, )
0};
static const unsigned char file31[] = {
#embed "../../specs/rfc5321/4.1.1.7-expand.yaml" suffix(, )
0};
static const unsigned char file32[] = {
#embed "../../specs/rfc5321/4.1.1.8-help.yaml" suffix(, )
0};
static const unsigned char file33[] = {
#embed "../../specs/rfc5321/4.1.1.9-noop.yaml" suffix(, )
0};
static const unsigned char file34[] = {
#embed "../../specs/rfc5321/4.1.2-argument-syntax.yaml" suffix(, )
0};
static const unsigned char file35[] = {
#embed "../../specs/rfc821/3.1-mail.yaml" suffix(, )
0};
static const unsigned char file36[] = {
#embed "../../specs/rfc821/3.3-verifying-and-expanding.yaml" suffix(, )
0};
static const unsigned char file37[] = {
#embed "../../specs/rfc821/3.5-opening-and-closing.yaml" suffix(, )
0};
static const unsigned char file38[] = {
#embed "../../specs/rfc821/4.1.1-command-semantics.yaml" suffix(, )
0};
static const unsigned char file39[] = {
#embed "../../specs/rfc821/4.1.2-command-syntax.yaml" suffix(, )
0};
static const unsigned char file40[] = {
#embed "../../specs/rfc821/4.2-smtp-replies.yaml" suffix(, )
0};
static const unsigned char file41[] = {
#embed "../../specs/rfc821/4.5.1-minimum-implementation.yaml" suffix(, )
0};
static const unsigned char file42[] = {
#embed "../../specs/rfc821/4.5.2-transparency.yaml" suffix(, )
0};
static const unsigned char file43[] = {
#embed "../../specs/rfc821/4.5.3-sizes.yaml" suffix(, )
0};

const struct embedded_spec embedded_specs[] = {
  {"requirements/rfc2034.yaml", file0, sizeof file0 - 1},
  {"requirements/rfc5321.yaml", file1, sizeof file1 - 1},
  {"requirements/rfc6152.yaml", file2, sizeof file2 - 1},
  {"requirements/rfc7504.yaml", file3, sizeof file3 - 1},
  {"rfc1870/3-framework.yaml", file4, sizeof file4 - 1},
  {"rfc1870/4-service-extension.yaml", file5, sizeof file5 - 1},
  {"rfc1870/6-extended-mail-command.yaml", file6, sizeof file6 - 1},
  {"rfc1870/6.1-server-action.yaml", file7, sizeof file7 - 1},
  {"rfc1870/6.3-larger-than-declared.yaml", file8, sizeof file8 - 1},
  {"rfc2920/3-pipelining-service-extension.yaml", file9, sizeof file9 - 1},
  {"rfc2920/3.1-client-use.yaml", file10, sizeof file10 - 1},
  {"rfc2920/3.2-server-support.yaml", file11, sizeof file11 - 1},
  {"rfc3207/3-starttls-keyword.yaml", file12, sizeof file12 - 1},
  {"rfc3207/4-starttls-command.yaml", file13, sizeof file13 - 1},
  {"rfc3207/4.2-result-of-starttls.yaml", file14, sizeof file14 - 1},
  {"rfc3207/6-security-considerations.yaml", file15, sizeof file15 - 1},
  {"rfc5321/2.1-basic-structure.yaml", file16, sizeof file16 - 1},
  {"rfc5321/2.2.1-extension-background.yaml", file17, sizeof file17 - 1},
  {"rfc5321/2.2.2-registration-of-extensions.yaml", file18, sizeof file18 - 1},
  {"rfc5321/2.3.8-lines.yaml", file19, sizeof file19 - 1},
  {"rfc5321/2.4-general-syntax.yaml", file20, sizeof file20 - 1},
  {"rfc5321/3.3-mail-transactions.yaml", file21, sizeof file21 - 1},
  {"rfc5321/4.1.1-command-semantics-and-syntax.yaml", file22, sizeof file22 - 1},
  {"rfc5321/4.1.1.1-hello.yaml", file23, sizeof file23 - 1},
  {"rfc5321/4.1.1.10-quit.yaml", file24, sizeof file24 - 1},
  {"rfc5321/4.1.1.11-parameter-errors.yaml", file25, sizeof file25 - 1},
  {"rfc5321/4.1.1.2-mail.yaml", file26, sizeof file26 - 1},
  {"rfc5321/4.1.1.3-recipient.yaml", file27, sizeof file27 - 1},
  {"rfc5321/4.1.1.4-data.yaml", file28, sizeof file28 - 1},
  {"rfc5321/4.1.1.5-reset.yaml", file29, sizeof file29 - 1},
  {"rfc5321/4.1.1.6-verify.yaml", file30, sizeof file30 - 1},
  {"rfc5321/4.1.1.7-expand.yaml", file31, sizeof file31 - 1},
  {"rfc5321/4.1.1.8-help.yaml", file32, sizeof file32 - 1},
  {"rfc5321/4.1.1.9-noop.yaml", file33, sizeof file33 - 1},
  {"rfc5321/4.1.2-argument-syntax.yaml", file34, sizeof file34 - 1},
  {"rfc821/3.1-mail.yaml", file35, sizeof file35 - 1},
  {"rfc821/3.3-verifying-and-expanding.yaml", file36, sizeof file36 - 1},
  {"rfc821/3.5-opening-and-closing.yaml", file37, sizeof file37 - 1},
  {"rfc821/4.1.1-command-semantics.yaml", file38, sizeof file38 - 1},
  {"rfc821/4.1.2-command-syntax.yaml", file39, sizeof file39 - 1},
  {"rfc821/4.2-smtp-replies.yaml", file40, sizeof file40 - 1},
  {"rfc821/4.5.1-minimum-implementation.yaml", file41, sizeof file41 - 1},
  {"rfc821/4.5.2-transparency.yaml", file42, sizeof file42 - 1},
  {"rfc821/4.5.3-sizes.yaml", file43, sizeof file43 - 1},
};
const size_t embedded_specs_count = 44;
