// Made by scripts/embed-specs.sh: `make specs`. A test compares the list with the folder.
#include "EmbeddedSpecs.h"

static const unsigned char file0[] = {
#embed "../../specs/requirements/rfc1123.yaml" suffix(, )
0};
static const unsigned char file1[] = {
#embed "../../specs/requirements/rfc1870.yaml" suffix(, )
0};
static const unsigned char file2[] = {
#embed "../../specs/requirements/rfc1985.yaml" suffix(, )
0};
static const unsigned char file3[] = {
#embed "../../specs/requirements/rfc2033.yaml" suffix(, )
0};
static const unsigned char file4[] = {
#embed "../../specs/requirements/rfc2034.yaml" suffix(, )
0};
static const unsigned char file5[] = {
#embed "../../specs/requirements/rfc2195.yaml" suffix(, )
0};
static const unsigned char file6[] = {
#embed "../../specs/requirements/rfc2645.yaml" suffix(, )
0};
static const unsigned char file7[] = {
#embed "../../specs/requirements/rfc2852.yaml" suffix(, )
0};
static const unsigned char file8[] = {
#embed "../../specs/requirements/rfc2920.yaml" suffix(, )
0};
static const unsigned char file9[] = {
#embed "../../specs/requirements/rfc3030.yaml" suffix(, )
0};
static const unsigned char file10[] = {
#embed "../../specs/requirements/rfc3207.yaml" suffix(, )
0};
static const unsigned char file11[] = {
#embed "../../specs/requirements/rfc3461.yaml" suffix(, )
0};
static const unsigned char file12[] = {
#embed "../../specs/requirements/rfc3463.yaml" suffix(, )
0};
static const unsigned char file13[] = {
#embed "../../specs/requirements/rfc3464.yaml" suffix(, )
0};
static const unsigned char file14[] = {
#embed "../../specs/requirements/rfc3848.yaml" suffix(, )
0};
static const unsigned char file15[] = {
#embed "../../specs/requirements/rfc4422.yaml" suffix(, )
0};
static const unsigned char file16[] = {
#embed "../../specs/requirements/rfc4616.yaml" suffix(, )
0};
static const unsigned char file17[] = {
#embed "../../specs/requirements/rfc4865.yaml" suffix(, )
0};
static const unsigned char file18[] = {
#embed "../../specs/requirements/rfc4954.yaml" suffix(, )
0};
static const unsigned char file19[] = {
#embed "../../specs/requirements/rfc5248.yaml" suffix(, )
0};
static const unsigned char file20[] = {
#embed "../../specs/requirements/rfc5321.yaml" suffix(, )
0};
static const unsigned char file21[] = {
#embed "../../specs/requirements/rfc5802.yaml" suffix(, )
0};
static const unsigned char file22[] = {
#embed "../../specs/requirements/rfc6152.yaml" suffix(, )
0};
static const unsigned char file23[] = {
#embed "../../specs/requirements/rfc6409.yaml" suffix(, )
0};
static const unsigned char file24[] = {
#embed "../../specs/requirements/rfc6531.yaml" suffix(, )
0};
static const unsigned char file25[] = {
#embed "../../specs/requirements/rfc6710.yaml" suffix(, )
0};
static const unsigned char file26[] = {
#embed "../../specs/requirements/rfc7293.yaml" suffix(, )
0};
static const unsigned char file27[] = {
#embed "../../specs/requirements/rfc7504.yaml" suffix(, )
0};
static const unsigned char file28[] = {
#embed "../../specs/requirements/rfc7505.yaml" suffix(, )
0};
static const unsigned char file29[] = {
#embed "../../specs/requirements/rfc7628.yaml" suffix(, )
0};
static const unsigned char file30[] = {
#embed "../../specs/requirements/rfc7677.yaml" suffix(, )
0};
static const unsigned char file31[] = {
#embed "../../specs/requirements/rfc821.yaml" suffix(, )
0};
static const unsigned char file32[] = {
#embed "../../specs/requirements/rfc8314.yaml" suffix(, )
0};
static const unsigned char file33[] = {
#embed "../../specs/requirements/rfc8689.yaml" suffix(, )
0};
static const unsigned char file34[] = {
#embed "../../specs/requirements/rfc9422.yaml" suffix(, )
0};
static const unsigned char file35[] = {
#embed "../../specs/rfc1123/5.2.11-transparency.yaml" suffix(, )
0};
static const unsigned char file36[] = {
#embed "../../specs/rfc1123/5.2.7-rcpt-command.yaml" suffix(, )
0};
static const unsigned char file37[] = {
#embed "../../specs/rfc1123/5.2.9-command-syntax.yaml" suffix(, )
0};
static const unsigned char file38[] = {
#embed "../../specs/rfc1870/3-framework.yaml" suffix(, )
0};
static const unsigned char file39[] = {
#embed "../../specs/rfc1870/4-service-extension.yaml" suffix(, )
0};
static const unsigned char file40[] = {
#embed "../../specs/rfc1870/6-extended-mail-command.yaml" suffix(, )
0};
static const unsigned char file41[] = {
#embed "../../specs/rfc1870/6.1-server-action.yaml" suffix(, )
0};
static const unsigned char file42[] = {
#embed "../../specs/rfc1870/6.3-larger-than-declared.yaml" suffix(, )
0};
static const unsigned char file43[] = {
#embed "../../specs/rfc1985/2-framework.yaml" suffix(, )
0};
static const unsigned char file44[] = {
#embed "../../specs/rfc1985/5-etrn-command.yaml" suffix(, )
0};
static const unsigned char file45[] = {
#embed "../../specs/rfc1985/5.1-server-action.yaml" suffix(, )
0};
static const unsigned char file46[] = {
#embed "../../specs/rfc1985/8-security-considerations.yaml" suffix(, )
0};
static const unsigned char file47[] = {
#embed "../../specs/rfc2033/4.1-lhlo-helo-and-ehlo.yaml" suffix(, )
0};
static const unsigned char file48[] = {
#embed "../../specs/rfc2033/4.2-data-command.yaml" suffix(, )
0};
static const unsigned char file49[] = {
#embed "../../specs/rfc2033/4.3-bdat-command.yaml" suffix(, )
0};
static const unsigned char file50[] = {
#embed "../../specs/rfc2033/5-implementation-requirements.yaml" suffix(, )
0};
static const unsigned char file51[] = {
#embed "../../specs/rfc2034/3-framework.yaml" suffix(, )
0};
static const unsigned char file52[] = {
#embed "../../specs/rfc2034/4-enhanced-status-codes.yaml" suffix(, )
0};
static const unsigned char file53[] = {
#embed "../../specs/rfc2195/2-challenge-response.yaml" suffix(, )
0};
static const unsigned char file54[] = {
#embed "../../specs/rfc2645/4-description.yaml" suffix(, )
0};
static const unsigned char file55[] = {
#embed "../../specs/rfc2645/5.1-initial-state.yaml" suffix(, )
0};
static const unsigned char file56[] = {
#embed "../../specs/rfc2645/5.2-authenticated-state.yaml" suffix(, )
0};
static const unsigned char file57[] = {
#embed "../../specs/rfc2645/5.3-reversed-state.yaml" suffix(, )
0};
static const unsigned char file58[] = {
#embed "../../specs/rfc2852/2-framework.yaml" suffix(, )
0};
static const unsigned char file59[] = {
#embed "../../specs/rfc2852/4-extended-mail-command.yaml" suffix(, )
0};
static const unsigned char file60[] = {
#embed "../../specs/rfc2852/4.1-server-behaviour.yaml" suffix(, )
0};
static const unsigned char file61[] = {
#embed "../../specs/rfc2920/3-pipelining-service-extension.yaml" suffix(, )
0};
static const unsigned char file62[] = {
#embed "../../specs/rfc2920/3.1-client-use.yaml" suffix(, )
0};
static const unsigned char file63[] = {
#embed "../../specs/rfc2920/3.2-server-support.yaml" suffix(, )
0};
static const unsigned char file64[] = {
#embed "../../specs/rfc3030/2-bdat-command.yaml" suffix(, )
0};
static const unsigned char file65[] = {
#embed "../../specs/rfc3030/2-chunks.yaml" suffix(, )
0};
static const unsigned char file66[] = {
#embed "../../specs/rfc3030/2-refused-chunks.yaml" suffix(, )
0};
static const unsigned char file67[] = {
#embed "../../specs/rfc3030/2-transactions.yaml" suffix(, )
0};
static const unsigned char file68[] = {
#embed "../../specs/rfc3030/3-binarymime.yaml" suffix(, )
0};
static const unsigned char file69[] = {
#embed "../../specs/rfc3207/3-starttls-keyword.yaml" suffix(, )
0};
static const unsigned char file70[] = {
#embed "../../specs/rfc3207/4-starttls-command.yaml" suffix(, )
0};
static const unsigned char file71[] = {
#embed "../../specs/rfc3207/4.2-result-of-starttls.yaml" suffix(, )
0};
static const unsigned char file72[] = {
#embed "../../specs/rfc3207/6-security-considerations.yaml" suffix(, )
0};
static const unsigned char file73[] = {
#embed "../../specs/rfc3461/2-framework.yaml" suffix(, )
0};
static const unsigned char file74[] = {
#embed "../../specs/rfc3461/4-additional-parameters.yaml" suffix(, )
0};
static const unsigned char file75[] = {
#embed "../../specs/rfc3461/4.1-notify.yaml" suffix(, )
0};
static const unsigned char file76[] = {
#embed "../../specs/rfc3461/4.2-orcpt.yaml" suffix(, )
0};
static const unsigned char file77[] = {
#embed "../../specs/rfc3461/4.3-ret.yaml" suffix(, )
0};
static const unsigned char file78[] = {
#embed "../../specs/rfc3461/4.4-envid.yaml" suffix(, )
0};
static const unsigned char file79[] = {
#embed "../../specs/rfc3461/4.5-restrictions.yaml" suffix(, )
0};
static const unsigned char file80[] = {
#embed "../../specs/rfc3461/5.1-protocol-interactions.yaml" suffix(, )
0};
static const unsigned char file81[] = {
#embed "../../specs/rfc3461/5.2-handling-of-messages.yaml" suffix(, )
0};
static const unsigned char file82[] = {
#embed "../../specs/rfc3461/5.2.3-local-delivery.yaml" suffix(, )
0};
static const unsigned char file83[] = {
#embed "../../specs/rfc3461/5.2.6-failure.yaml" suffix(, )
0};
static const unsigned char file84[] = {
#embed "../../specs/rfc3461/5.2.7-lists.yaml" suffix(, )
0};
static const unsigned char file85[] = {
#embed "../../specs/rfc3461/5.2.8-several-recipients.yaml" suffix(, )
0};
static const unsigned char file86[] = {
#embed "../../specs/rfc3461/5.4-implementation-limits.yaml" suffix(, )
0};
static const unsigned char file87[] = {
#embed "../../specs/rfc3461/6.1-envelope.yaml" suffix(, )
0};
static const unsigned char file88[] = {
#embed "../../specs/rfc3461/6.2-contents.yaml" suffix(, )
0};
static const unsigned char file89[] = {
#embed "../../specs/rfc3461/6.3-fields.yaml" suffix(, )
0};
static const unsigned char file90[] = {
#embed "../../specs/rfc3461/9.1-addresses.yaml" suffix(, )
0};
static const unsigned char file91[] = {
#embed "../../specs/rfc3463/2-status-code-structure.yaml" suffix(, )
0};
static const unsigned char file92[] = {
#embed "../../specs/rfc3463/3.2-address-status.yaml" suffix(, )
0};
static const unsigned char file93[] = {
#embed "../../specs/rfc3463/3.4-mail-system-status.yaml" suffix(, )
0};
static const unsigned char file94[] = {
#embed "../../specs/rfc3463/3.6-mail-delivery-protocol-status.yaml" suffix(, )
0};
static const unsigned char file95[] = {
#embed "../../specs/rfc3463/3.8-security-or-policy-status.yaml" suffix(, )
0};
static const unsigned char file96[] = {
#embed "../../specs/rfc3464/2-format.yaml" suffix(, )
0};
static const unsigned char file97[] = {
#embed "../../specs/rfc3464/2.1-fields.yaml" suffix(, )
0};
static const unsigned char file98[] = {
#embed "../../specs/rfc3464/2.2-fields-on-the-message.yaml" suffix(, )
0};
static const unsigned char file99[] = {
#embed "../../specs/rfc3464/2.3-fields-on-recipients.yaml" suffix(, )
0};
static const unsigned char file100[] = {
#embed "../../specs/rfc3464/2.4-extension-fields.yaml" suffix(, )
0};
static const unsigned char file101[] = {
#embed "../../specs/rfc3464/3-conformance.yaml" suffix(, )
0};
static const unsigned char file102[] = {
#embed "../../specs/rfc3848/1-transmission-types.yaml" suffix(, )
0};
static const unsigned char file103[] = {
#embed "../../specs/rfc4422/3-exchange.yaml" suffix(, )
0};
static const unsigned char file104[] = {
#embed "../../specs/rfc4422/A.1-external.yaml" suffix(, )
0};
static const unsigned char file105[] = {
#embed "../../specs/rfc4616/2-plain-mechanism.yaml" suffix(, )
0};
static const unsigned char file106[] = {
#embed "../../specs/rfc4616/5-security-considerations.yaml" suffix(, )
0};
static const unsigned char file107[] = {
#embed "../../specs/rfc4865/3-framework.yaml" suffix(, )
0};
static const unsigned char file108[] = {
#embed "../../specs/rfc4865/4.2-msa.yaml" suffix(, )
0};
static const unsigned char file109[] = {
#embed "../../specs/rfc4865/5.2.2-deliver-by.yaml" suffix(, )
0};
static const unsigned char file110[] = {
#embed "../../specs/rfc4954/3-authentication-service-extension.yaml" suffix(, )
0};
static const unsigned char file111[] = {
#embed "../../specs/rfc4954/4-auth-command.yaml" suffix(, )
0};
static const unsigned char file112[] = {
#embed "../../specs/rfc4954/4-restrictions.yaml" suffix(, )
0};
static const unsigned char file113[] = {
#embed "../../specs/rfc4954/5-auth-parameter.yaml" suffix(, )
0};
static const unsigned char file114[] = {
#embed "../../specs/rfc4954/6-status-codes.yaml" suffix(, )
0};
static const unsigned char file115[] = {
#embed "../../specs/rfc4954/7-received-lines.yaml" suffix(, )
0};
static const unsigned char file116[] = {
#embed "../../specs/rfc4954/9-security-considerations.yaml" suffix(, )
0};
static const unsigned char file117[] = {
#embed "../../specs/rfc5321/2.1-basic-structure.yaml" suffix(, )
0};
static const unsigned char file118[] = {
#embed "../../specs/rfc5321/2.2.1-extension-background.yaml" suffix(, )
0};
static const unsigned char file119[] = {
#embed "../../specs/rfc5321/2.2.2-registration-of-extensions.yaml" suffix(, )
0};
static const unsigned char file120[] = {
#embed "../../specs/rfc5321/2.3.8-lines.yaml" suffix(, )
0};
static const unsigned char file121[] = {
#embed "../../specs/rfc5321/2.4-general-syntax.yaml" suffix(, )
0};
static const unsigned char file122[] = {
#embed "../../specs/rfc5321/3.1-session-initiation.yaml" suffix(, )
0};
static const unsigned char file123[] = {
#embed "../../specs/rfc5321/3.2-client-initiation.yaml" suffix(, )
0};
static const unsigned char file124[] = {
#embed "../../specs/rfc5321/3.3-mail-transactions.yaml" suffix(, )
0};
static const unsigned char file125[] = {
#embed "../../specs/rfc5321/3.5.1-debugging-addresses.yaml" suffix(, )
0};
static const unsigned char file126[] = {
#embed "../../specs/rfc5321/3.5.2-vrfy-normal-response.yaml" suffix(, )
0};
static const unsigned char file127[] = {
#embed "../../specs/rfc5321/3.5.3-meaning-of-success.yaml" suffix(, )
0};
static const unsigned char file128[] = {
#embed "../../specs/rfc5321/3.6.1-source-routes.yaml" suffix(, )
0};
static const unsigned char file129[] = {
#embed "../../specs/rfc5321/3.6.2-relaying.yaml" suffix(, )
0};
static const unsigned char file130[] = {
#embed "../../specs/rfc5321/3.7.2-received-lines.yaml" suffix(, )
0};
static const unsigned char file131[] = {
#embed "../../specs/rfc5321/3.8-terminating-sessions.yaml" suffix(, )
0};
static const unsigned char file132[] = {
#embed "../../specs/rfc5321/3.9-mailing-lists.yaml" suffix(, )
0};
static const unsigned char file133[] = {
#embed "../../specs/rfc5321/4.1.1-command-semantics-and-syntax.yaml" suffix(, )
0};
static const unsigned char file134[] = {
#embed "../../specs/rfc5321/4.1.1.1-hello.yaml" suffix(, )
0};
static const unsigned char file135[] = {
#embed "../../specs/rfc5321/4.1.1.10-quit.yaml" suffix(, )
0};
static const unsigned char file136[] = {
#embed "../../specs/rfc5321/4.1.1.11-parameter-errors.yaml" suffix(, )
0};
static const unsigned char file137[] = {
#embed "../../specs/rfc5321/4.1.1.2-mail.yaml" suffix(, )
0};
static const unsigned char file138[] = {
#embed "../../specs/rfc5321/4.1.1.3-recipient.yaml" suffix(, )
0};
static const unsigned char file139[] = {
#embed "../../specs/rfc5321/4.1.1.4-data.yaml" suffix(, )
0};
static const unsigned char file140[] = {
#embed "../../specs/rfc5321/4.1.1.5-reset.yaml" suffix(, )
0};
static const unsigned char file141[] = {
#embed "../../specs/rfc5321/4.1.1.6-verify.yaml" suffix(, )
0};
static const unsigned char file142[] = {
#embed "../../specs/rfc5321/4.1.1.7-expand.yaml" suffix(, )
0};
static const unsigned char file143[] = {
#embed "../../specs/rfc5321/4.1.1.8-help.yaml" suffix(, )
0};
static const unsigned char file144[] = {
#embed "../../specs/rfc5321/4.1.1.9-noop.yaml" suffix(, )
0};
static const unsigned char file145[] = {
#embed "../../specs/rfc5321/4.1.2-argument-syntax.yaml" suffix(, )
0};
static const unsigned char file146[] = {
#embed "../../specs/rfc5321/4.1.3-address-literals.yaml" suffix(, )
0};
static const unsigned char file147[] = {
#embed "../../specs/rfc5321/4.1.4-order-of-commands.yaml" suffix(, )
0};
static const unsigned char file148[] = {
#embed "../../specs/rfc5321/4.1.5-private-use-commands.yaml" suffix(, )
0};
static const unsigned char file149[] = {
#embed "../../specs/rfc5321/4.2-replies.yaml" suffix(, )
0};
static const unsigned char file150[] = {
#embed "../../specs/rfc5321/4.2.1-reply-code-severities-and-theory.yaml" suffix(, )
0};
static const unsigned char file151[] = {
#embed "../../specs/rfc5321/4.2.4-reply-code-502.yaml" suffix(, )
0};
static const unsigned char file152[] = {
#embed "../../specs/rfc5321/4.2.5-replies-after-the-data.yaml" suffix(, )
0};
static const unsigned char file153[] = {
#embed "../../specs/rfc5321/4.3.1-sequencing-overview.yaml" suffix(, )
0};
static const unsigned char file154[] = {
#embed "../../specs/rfc5321/4.3.2-command-reply-sequences.yaml" suffix(, )
0};
static const unsigned char file155[] = {
#embed "../../specs/rfc5321/4.4-trace-information.yaml" suffix(, )
0};
static const unsigned char file156[] = {
#embed "../../specs/rfc5321/4.5.1-minimum-implementation.yaml" suffix(, )
0};
static const unsigned char file157[] = {
#embed "../../specs/rfc5321/4.5.2-transparency.yaml" suffix(, )
0};
static const unsigned char file158[] = {
#embed "../../specs/rfc5321/4.5.3.1-size-limits-and-minimums.yaml" suffix(, )
0};
static const unsigned char file159[] = {
#embed "../../specs/rfc5321/4.5.3.1.4-command-line.yaml" suffix(, )
0};
static const unsigned char file160[] = {
#embed "../../specs/rfc5321/4.5.3.1.5-reply-line.yaml" suffix(, )
0};
static const unsigned char file161[] = {
#embed "../../specs/rfc5321/4.5.3.1.6-text-line.yaml" suffix(, )
0};
static const unsigned char file162[] = {
#embed "../../specs/rfc5321/4.5.3.1.7-message-content.yaml" suffix(, )
0};
static const unsigned char file163[] = {
#embed "../../specs/rfc5321/4.5.3.1.8-recipients-buffer.yaml" suffix(, )
0};
static const unsigned char file164[] = {
#embed "../../specs/rfc5321/4.5.3.2.7-server-timeout.yaml" suffix(, )
0};
static const unsigned char file165[] = {
#embed "../../specs/rfc5321/4.5.4.2-receiving-strategy.yaml" suffix(, )
0};
static const unsigned char file166[] = {
#embed "../../specs/rfc5321/4.5.5-null-reverse-path.yaml" suffix(, )
0};
static const unsigned char file167[] = {
#embed "../../specs/rfc5321/6.1-reliable-delivery.yaml" suffix(, )
0};
static const unsigned char file168[] = {
#embed "../../specs/rfc5321/6.3-loop-detection.yaml" suffix(, )
0};
static const unsigned char file169[] = {
#embed "../../specs/rfc5321/7.2-blind-copies.yaml" suffix(, )
0};
static const unsigned char file170[] = {
#embed "../../specs/rfc5321/7.3-vrfy-and-security.yaml" suffix(, )
0};
static const unsigned char file171[] = {
#embed "../../specs/rfc5321/F-deprecated-features.yaml" suffix(, )
0};
static const unsigned char file172[] = {
#embed "../../specs/rfc5802/5-exchange.yaml" suffix(, )
0};
static const unsigned char file173[] = {
#embed "../../specs/rfc5802/5.1-attributes.yaml" suffix(, )
0};
static const unsigned char file174[] = {
#embed "../../specs/rfc5802/6-channel-binding.yaml" suffix(, )
0};
static const unsigned char file175[] = {
#embed "../../specs/rfc6152/2-framework.yaml" suffix(, )
0};
static const unsigned char file176[] = {
#embed "../../specs/rfc6152/3-the-8bit-mimetransport-service-extension.yaml" suffix(, )
0};
static const unsigned char file177[] = {
#embed "../../specs/rfc6409/3.2-message-rejection-and-bouncing.yaml" suffix(, )
0};
static const unsigned char file178[] = {
#embed "../../specs/rfc6409/4-mandatory-actions.yaml" suffix(, )
0};
static const unsigned char file179[] = {
#embed "../../specs/rfc6409/5-recommended-actions.yaml" suffix(, )
0};
static const unsigned char file180[] = {
#embed "../../specs/rfc6409/7-interaction-with-smtp-extensions.yaml" suffix(, )
0};
static const unsigned char file181[] = {
#embed "../../specs/rfc6409/8-message-modifications.yaml" suffix(, )
0};
static const unsigned char file182[] = {
#embed "../../specs/rfc6531/3.1-framework.yaml" suffix(, )
0};
static const unsigned char file183[] = {
#embed "../../specs/rfc6531/3.2-the-smtputf8-extension.yaml" suffix(, )
0};
static const unsigned char file184[] = {
#embed "../../specs/rfc6531/3.3-extended-mailbox-address-syntax.yaml" suffix(, )
0};
static const unsigned char file185[] = {
#embed "../../specs/rfc6531/3.4-mail-command-parameter-usage.yaml" suffix(, )
0};
static const unsigned char file186[] = {
#embed "../../specs/rfc6531/3.5-non-ascii-addresses-and-reply-codes.yaml" suffix(, )
0};
static const unsigned char file187[] = {
#embed "../../specs/rfc6531/3.7.1-the-initial-smtp-exchange.yaml" suffix(, )
0};
static const unsigned char file188[] = {
#embed "../../specs/rfc6531/3.7.3-trace-information.yaml" suffix(, )
0};
static const unsigned char file189[] = {
#embed "../../specs/rfc6531/3.7.4-utf-8-strings-in-replies.yaml" suffix(, )
0};
static const unsigned char file190[] = {
#embed "../../specs/rfc6710/3-extension.yaml" suffix(, )
0};
static const unsigned char file191[] = {
#embed "../../specs/rfc6710/4.1-handling.yaml" suffix(, )
0};
static const unsigned char file192[] = {
#embed "../../specs/rfc7293/3.1-the-rrvs-smtp-extension.yaml" suffix(, )
0};
static const unsigned char file193[] = {
#embed "../../specs/rfc7293/5-handling-by-receivers.yaml" suffix(, )
0};
static const unsigned char file194[] = {
#embed "../../specs/rfc7293/5.1-smtp-extension-used.yaml" suffix(, )
0};
static const unsigned char file195[] = {
#embed "../../specs/rfc7293/5.2-header-field-used.yaml" suffix(, )
0};
static const unsigned char file196[] = {
#embed "../../specs/rfc7293/9-continuous-ownership.yaml" suffix(, )
0};
static const unsigned char file197[] = {
#embed "../../specs/rfc7504/3-the-521-reply-code.yaml" suffix(, )
0};
static const unsigned char file198[] = {
#embed "../../specs/rfc7505/4.1-smtp-server-benefits.yaml" suffix(, )
0};
static const unsigned char file199[] = {
#embed "../../specs/rfc7628/3.1-client-response.yaml" suffix(, )
0};
static const unsigned char file200[] = {
#embed "../../specs/rfc7628/3.2-server-response.yaml" suffix(, )
0};
static const unsigned char file201[] = {
#embed "../../specs/rfc7628/4-letter-case-and-tls.yaml" suffix(, )
0};
static const unsigned char file202[] = {
#embed "../../specs/rfc821/3.1-mail.yaml" suffix(, )
0};
static const unsigned char file203[] = {
#embed "../../specs/rfc821/3.3-verifying-and-expanding.yaml" suffix(, )
0};
static const unsigned char file204[] = {
#embed "../../specs/rfc821/3.5-opening-and-closing.yaml" suffix(, )
0};
static const unsigned char file205[] = {
#embed "../../specs/rfc821/4.1.1-command-semantics.yaml" suffix(, )
0};
static const unsigned char file206[] = {
#embed "../../specs/rfc821/4.1.2-command-syntax.yaml" suffix(, )
0};
static const unsigned char file207[] = {
#embed "../../specs/rfc821/4.2-smtp-replies.yaml" suffix(, )
0};
static const unsigned char file208[] = {
#embed "../../specs/rfc821/4.5.1-minimum-implementation.yaml" suffix(, )
0};
static const unsigned char file209[] = {
#embed "../../specs/rfc821/4.5.2-transparency.yaml" suffix(, )
0};
static const unsigned char file210[] = {
#embed "../../specs/rfc821/4.5.3-sizes.yaml" suffix(, )
0};
static const unsigned char file211[] = {
#embed "../../specs/rfc8314/3.3-implicit-tls-for-submission.yaml" suffix(, )
0};
static const unsigned char file212[] = {
#embed "../../specs/rfc8314/3.4-connection-closure.yaml" suffix(, )
0};
static const unsigned char file213[] = {
#embed "../../specs/rfc8314/4-use-of-tls-by-servers.yaml" suffix(, )
0};
static const unsigned char file214[] = {
#embed "../../specs/rfc8689/2-extension.yaml" suffix(, )
0};
static const unsigned char file215[] = {
#embed "../../specs/rfc9422/3-extension.yaml" suffix(, )
0};
static const unsigned char file216[] = {
#embed "../../specs/rfc9422/4-limits.yaml" suffix(, )
0};

const struct embedded_spec embedded_specs[] = {
  {"requirements/rfc1123.yaml", file0, sizeof file0 - 1},
  {"requirements/rfc1870.yaml", file1, sizeof file1 - 1},
  {"requirements/rfc1985.yaml", file2, sizeof file2 - 1},
  {"requirements/rfc2033.yaml", file3, sizeof file3 - 1},
  {"requirements/rfc2034.yaml", file4, sizeof file4 - 1},
  {"requirements/rfc2195.yaml", file5, sizeof file5 - 1},
  {"requirements/rfc2645.yaml", file6, sizeof file6 - 1},
  {"requirements/rfc2852.yaml", file7, sizeof file7 - 1},
  {"requirements/rfc2920.yaml", file8, sizeof file8 - 1},
  {"requirements/rfc3030.yaml", file9, sizeof file9 - 1},
  {"requirements/rfc3207.yaml", file10, sizeof file10 - 1},
  {"requirements/rfc3461.yaml", file11, sizeof file11 - 1},
  {"requirements/rfc3463.yaml", file12, sizeof file12 - 1},
  {"requirements/rfc3464.yaml", file13, sizeof file13 - 1},
  {"requirements/rfc3848.yaml", file14, sizeof file14 - 1},
  {"requirements/rfc4422.yaml", file15, sizeof file15 - 1},
  {"requirements/rfc4616.yaml", file16, sizeof file16 - 1},
  {"requirements/rfc4865.yaml", file17, sizeof file17 - 1},
  {"requirements/rfc4954.yaml", file18, sizeof file18 - 1},
  {"requirements/rfc5248.yaml", file19, sizeof file19 - 1},
  {"requirements/rfc5321.yaml", file20, sizeof file20 - 1},
  {"requirements/rfc5802.yaml", file21, sizeof file21 - 1},
  {"requirements/rfc6152.yaml", file22, sizeof file22 - 1},
  {"requirements/rfc6409.yaml", file23, sizeof file23 - 1},
  {"requirements/rfc6531.yaml", file24, sizeof file24 - 1},
  {"requirements/rfc6710.yaml", file25, sizeof file25 - 1},
  {"requirements/rfc7293.yaml", file26, sizeof file26 - 1},
  {"requirements/rfc7504.yaml", file27, sizeof file27 - 1},
  {"requirements/rfc7505.yaml", file28, sizeof file28 - 1},
  {"requirements/rfc7628.yaml", file29, sizeof file29 - 1},
  {"requirements/rfc7677.yaml", file30, sizeof file30 - 1},
  {"requirements/rfc821.yaml", file31, sizeof file31 - 1},
  {"requirements/rfc8314.yaml", file32, sizeof file32 - 1},
  {"requirements/rfc8689.yaml", file33, sizeof file33 - 1},
  {"requirements/rfc9422.yaml", file34, sizeof file34 - 1},
  {"rfc1123/5.2.11-transparency.yaml", file35, sizeof file35 - 1},
  {"rfc1123/5.2.7-rcpt-command.yaml", file36, sizeof file36 - 1},
  {"rfc1123/5.2.9-command-syntax.yaml", file37, sizeof file37 - 1},
  {"rfc1870/3-framework.yaml", file38, sizeof file38 - 1},
  {"rfc1870/4-service-extension.yaml", file39, sizeof file39 - 1},
  {"rfc1870/6-extended-mail-command.yaml", file40, sizeof file40 - 1},
  {"rfc1870/6.1-server-action.yaml", file41, sizeof file41 - 1},
  {"rfc1870/6.3-larger-than-declared.yaml", file42, sizeof file42 - 1},
  {"rfc1985/2-framework.yaml", file43, sizeof file43 - 1},
  {"rfc1985/5-etrn-command.yaml", file44, sizeof file44 - 1},
  {"rfc1985/5.1-server-action.yaml", file45, sizeof file45 - 1},
  {"rfc1985/8-security-considerations.yaml", file46, sizeof file46 - 1},
  {"rfc2033/4.1-lhlo-helo-and-ehlo.yaml", file47, sizeof file47 - 1},
  {"rfc2033/4.2-data-command.yaml", file48, sizeof file48 - 1},
  {"rfc2033/4.3-bdat-command.yaml", file49, sizeof file49 - 1},
  {"rfc2033/5-implementation-requirements.yaml", file50, sizeof file50 - 1},
  {"rfc2034/3-framework.yaml", file51, sizeof file51 - 1},
  {"rfc2034/4-enhanced-status-codes.yaml", file52, sizeof file52 - 1},
  {"rfc2195/2-challenge-response.yaml", file53, sizeof file53 - 1},
  {"rfc2645/4-description.yaml", file54, sizeof file54 - 1},
  {"rfc2645/5.1-initial-state.yaml", file55, sizeof file55 - 1},
  {"rfc2645/5.2-authenticated-state.yaml", file56, sizeof file56 - 1},
  {"rfc2645/5.3-reversed-state.yaml", file57, sizeof file57 - 1},
  {"rfc2852/2-framework.yaml", file58, sizeof file58 - 1},
  {"rfc2852/4-extended-mail-command.yaml", file59, sizeof file59 - 1},
  {"rfc2852/4.1-server-behaviour.yaml", file60, sizeof file60 - 1},
  {"rfc2920/3-pipelining-service-extension.yaml", file61, sizeof file61 - 1},
  {"rfc2920/3.1-client-use.yaml", file62, sizeof file62 - 1},
  {"rfc2920/3.2-server-support.yaml", file63, sizeof file63 - 1},
  {"rfc3030/2-bdat-command.yaml", file64, sizeof file64 - 1},
  {"rfc3030/2-chunks.yaml", file65, sizeof file65 - 1},
  {"rfc3030/2-refused-chunks.yaml", file66, sizeof file66 - 1},
  {"rfc3030/2-transactions.yaml", file67, sizeof file67 - 1},
  {"rfc3030/3-binarymime.yaml", file68, sizeof file68 - 1},
  {"rfc3207/3-starttls-keyword.yaml", file69, sizeof file69 - 1},
  {"rfc3207/4-starttls-command.yaml", file70, sizeof file70 - 1},
  {"rfc3207/4.2-result-of-starttls.yaml", file71, sizeof file71 - 1},
  {"rfc3207/6-security-considerations.yaml", file72, sizeof file72 - 1},
  {"rfc3461/2-framework.yaml", file73, sizeof file73 - 1},
  {"rfc3461/4-additional-parameters.yaml", file74, sizeof file74 - 1},
  {"rfc3461/4.1-notify.yaml", file75, sizeof file75 - 1},
  {"rfc3461/4.2-orcpt.yaml", file76, sizeof file76 - 1},
  {"rfc3461/4.3-ret.yaml", file77, sizeof file77 - 1},
  {"rfc3461/4.4-envid.yaml", file78, sizeof file78 - 1},
  {"rfc3461/4.5-restrictions.yaml", file79, sizeof file79 - 1},
  {"rfc3461/5.1-protocol-interactions.yaml", file80, sizeof file80 - 1},
  {"rfc3461/5.2-handling-of-messages.yaml", file81, sizeof file81 - 1},
  {"rfc3461/5.2.3-local-delivery.yaml", file82, sizeof file82 - 1},
  {"rfc3461/5.2.6-failure.yaml", file83, sizeof file83 - 1},
  {"rfc3461/5.2.7-lists.yaml", file84, sizeof file84 - 1},
  {"rfc3461/5.2.8-several-recipients.yaml", file85, sizeof file85 - 1},
  {"rfc3461/5.4-implementation-limits.yaml", file86, sizeof file86 - 1},
  {"rfc3461/6.1-envelope.yaml", file87, sizeof file87 - 1},
  {"rfc3461/6.2-contents.yaml", file88, sizeof file88 - 1},
  {"rfc3461/6.3-fields.yaml", file89, sizeof file89 - 1},
  {"rfc3461/9.1-addresses.yaml", file90, sizeof file90 - 1},
  {"rfc3463/2-status-code-structure.yaml", file91, sizeof file91 - 1},
  {"rfc3463/3.2-address-status.yaml", file92, sizeof file92 - 1},
  {"rfc3463/3.4-mail-system-status.yaml", file93, sizeof file93 - 1},
  {"rfc3463/3.6-mail-delivery-protocol-status.yaml", file94, sizeof file94 - 1},
  {"rfc3463/3.8-security-or-policy-status.yaml", file95, sizeof file95 - 1},
  {"rfc3464/2-format.yaml", file96, sizeof file96 - 1},
  {"rfc3464/2.1-fields.yaml", file97, sizeof file97 - 1},
  {"rfc3464/2.2-fields-on-the-message.yaml", file98, sizeof file98 - 1},
  {"rfc3464/2.3-fields-on-recipients.yaml", file99, sizeof file99 - 1},
  {"rfc3464/2.4-extension-fields.yaml", file100, sizeof file100 - 1},
  {"rfc3464/3-conformance.yaml", file101, sizeof file101 - 1},
  {"rfc3848/1-transmission-types.yaml", file102, sizeof file102 - 1},
  {"rfc4422/3-exchange.yaml", file103, sizeof file103 - 1},
  {"rfc4422/A.1-external.yaml", file104, sizeof file104 - 1},
  {"rfc4616/2-plain-mechanism.yaml", file105, sizeof file105 - 1},
  {"rfc4616/5-security-considerations.yaml", file106, sizeof file106 - 1},
  {"rfc4865/3-framework.yaml", file107, sizeof file107 - 1},
  {"rfc4865/4.2-msa.yaml", file108, sizeof file108 - 1},
  {"rfc4865/5.2.2-deliver-by.yaml", file109, sizeof file109 - 1},
  {"rfc4954/3-authentication-service-extension.yaml", file110, sizeof file110 - 1},
  {"rfc4954/4-auth-command.yaml", file111, sizeof file111 - 1},
  {"rfc4954/4-restrictions.yaml", file112, sizeof file112 - 1},
  {"rfc4954/5-auth-parameter.yaml", file113, sizeof file113 - 1},
  {"rfc4954/6-status-codes.yaml", file114, sizeof file114 - 1},
  {"rfc4954/7-received-lines.yaml", file115, sizeof file115 - 1},
  {"rfc4954/9-security-considerations.yaml", file116, sizeof file116 - 1},
  {"rfc5321/2.1-basic-structure.yaml", file117, sizeof file117 - 1},
  {"rfc5321/2.2.1-extension-background.yaml", file118, sizeof file118 - 1},
  {"rfc5321/2.2.2-registration-of-extensions.yaml", file119, sizeof file119 - 1},
  {"rfc5321/2.3.8-lines.yaml", file120, sizeof file120 - 1},
  {"rfc5321/2.4-general-syntax.yaml", file121, sizeof file121 - 1},
  {"rfc5321/3.1-session-initiation.yaml", file122, sizeof file122 - 1},
  {"rfc5321/3.2-client-initiation.yaml", file123, sizeof file123 - 1},
  {"rfc5321/3.3-mail-transactions.yaml", file124, sizeof file124 - 1},
  {"rfc5321/3.5.1-debugging-addresses.yaml", file125, sizeof file125 - 1},
  {"rfc5321/3.5.2-vrfy-normal-response.yaml", file126, sizeof file126 - 1},
  {"rfc5321/3.5.3-meaning-of-success.yaml", file127, sizeof file127 - 1},
  {"rfc5321/3.6.1-source-routes.yaml", file128, sizeof file128 - 1},
  {"rfc5321/3.6.2-relaying.yaml", file129, sizeof file129 - 1},
  {"rfc5321/3.7.2-received-lines.yaml", file130, sizeof file130 - 1},
  {"rfc5321/3.8-terminating-sessions.yaml", file131, sizeof file131 - 1},
  {"rfc5321/3.9-mailing-lists.yaml", file132, sizeof file132 - 1},
  {"rfc5321/4.1.1-command-semantics-and-syntax.yaml", file133, sizeof file133 - 1},
  {"rfc5321/4.1.1.1-hello.yaml", file134, sizeof file134 - 1},
  {"rfc5321/4.1.1.10-quit.yaml", file135, sizeof file135 - 1},
  {"rfc5321/4.1.1.11-parameter-errors.yaml", file136, sizeof file136 - 1},
  {"rfc5321/4.1.1.2-mail.yaml", file137, sizeof file137 - 1},
  {"rfc5321/4.1.1.3-recipient.yaml", file138, sizeof file138 - 1},
  {"rfc5321/4.1.1.4-data.yaml", file139, sizeof file139 - 1},
  {"rfc5321/4.1.1.5-reset.yaml", file140, sizeof file140 - 1},
  {"rfc5321/4.1.1.6-verify.yaml", file141, sizeof file141 - 1},
  {"rfc5321/4.1.1.7-expand.yaml", file142, sizeof file142 - 1},
  {"rfc5321/4.1.1.8-help.yaml", file143, sizeof file143 - 1},
  {"rfc5321/4.1.1.9-noop.yaml", file144, sizeof file144 - 1},
  {"rfc5321/4.1.2-argument-syntax.yaml", file145, sizeof file145 - 1},
  {"rfc5321/4.1.3-address-literals.yaml", file146, sizeof file146 - 1},
  {"rfc5321/4.1.4-order-of-commands.yaml", file147, sizeof file147 - 1},
  {"rfc5321/4.1.5-private-use-commands.yaml", file148, sizeof file148 - 1},
  {"rfc5321/4.2-replies.yaml", file149, sizeof file149 - 1},
  {"rfc5321/4.2.1-reply-code-severities-and-theory.yaml", file150, sizeof file150 - 1},
  {"rfc5321/4.2.4-reply-code-502.yaml", file151, sizeof file151 - 1},
  {"rfc5321/4.2.5-replies-after-the-data.yaml", file152, sizeof file152 - 1},
  {"rfc5321/4.3.1-sequencing-overview.yaml", file153, sizeof file153 - 1},
  {"rfc5321/4.3.2-command-reply-sequences.yaml", file154, sizeof file154 - 1},
  {"rfc5321/4.4-trace-information.yaml", file155, sizeof file155 - 1},
  {"rfc5321/4.5.1-minimum-implementation.yaml", file156, sizeof file156 - 1},
  {"rfc5321/4.5.2-transparency.yaml", file157, sizeof file157 - 1},
  {"rfc5321/4.5.3.1-size-limits-and-minimums.yaml", file158, sizeof file158 - 1},
  {"rfc5321/4.5.3.1.4-command-line.yaml", file159, sizeof file159 - 1},
  {"rfc5321/4.5.3.1.5-reply-line.yaml", file160, sizeof file160 - 1},
  {"rfc5321/4.5.3.1.6-text-line.yaml", file161, sizeof file161 - 1},
  {"rfc5321/4.5.3.1.7-message-content.yaml", file162, sizeof file162 - 1},
  {"rfc5321/4.5.3.1.8-recipients-buffer.yaml", file163, sizeof file163 - 1},
  {"rfc5321/4.5.3.2.7-server-timeout.yaml", file164, sizeof file164 - 1},
  {"rfc5321/4.5.4.2-receiving-strategy.yaml", file165, sizeof file165 - 1},
  {"rfc5321/4.5.5-null-reverse-path.yaml", file166, sizeof file166 - 1},
  {"rfc5321/6.1-reliable-delivery.yaml", file167, sizeof file167 - 1},
  {"rfc5321/6.3-loop-detection.yaml", file168, sizeof file168 - 1},
  {"rfc5321/7.2-blind-copies.yaml", file169, sizeof file169 - 1},
  {"rfc5321/7.3-vrfy-and-security.yaml", file170, sizeof file170 - 1},
  {"rfc5321/F-deprecated-features.yaml", file171, sizeof file171 - 1},
  {"rfc5802/5-exchange.yaml", file172, sizeof file172 - 1},
  {"rfc5802/5.1-attributes.yaml", file173, sizeof file173 - 1},
  {"rfc5802/6-channel-binding.yaml", file174, sizeof file174 - 1},
  {"rfc6152/2-framework.yaml", file175, sizeof file175 - 1},
  {"rfc6152/3-the-8bit-mimetransport-service-extension.yaml", file176, sizeof file176 - 1},
  {"rfc6409/3.2-message-rejection-and-bouncing.yaml", file177, sizeof file177 - 1},
  {"rfc6409/4-mandatory-actions.yaml", file178, sizeof file178 - 1},
  {"rfc6409/5-recommended-actions.yaml", file179, sizeof file179 - 1},
  {"rfc6409/7-interaction-with-smtp-extensions.yaml", file180, sizeof file180 - 1},
  {"rfc6409/8-message-modifications.yaml", file181, sizeof file181 - 1},
  {"rfc6531/3.1-framework.yaml", file182, sizeof file182 - 1},
  {"rfc6531/3.2-the-smtputf8-extension.yaml", file183, sizeof file183 - 1},
  {"rfc6531/3.3-extended-mailbox-address-syntax.yaml", file184, sizeof file184 - 1},
  {"rfc6531/3.4-mail-command-parameter-usage.yaml", file185, sizeof file185 - 1},
  {"rfc6531/3.5-non-ascii-addresses-and-reply-codes.yaml", file186, sizeof file186 - 1},
  {"rfc6531/3.7.1-the-initial-smtp-exchange.yaml", file187, sizeof file187 - 1},
  {"rfc6531/3.7.3-trace-information.yaml", file188, sizeof file188 - 1},
  {"rfc6531/3.7.4-utf-8-strings-in-replies.yaml", file189, sizeof file189 - 1},
  {"rfc6710/3-extension.yaml", file190, sizeof file190 - 1},
  {"rfc6710/4.1-handling.yaml", file191, sizeof file191 - 1},
  {"rfc7293/3.1-the-rrvs-smtp-extension.yaml", file192, sizeof file192 - 1},
  {"rfc7293/5-handling-by-receivers.yaml", file193, sizeof file193 - 1},
  {"rfc7293/5.1-smtp-extension-used.yaml", file194, sizeof file194 - 1},
  {"rfc7293/5.2-header-field-used.yaml", file195, sizeof file195 - 1},
  {"rfc7293/9-continuous-ownership.yaml", file196, sizeof file196 - 1},
  {"rfc7504/3-the-521-reply-code.yaml", file197, sizeof file197 - 1},
  {"rfc7505/4.1-smtp-server-benefits.yaml", file198, sizeof file198 - 1},
  {"rfc7628/3.1-client-response.yaml", file199, sizeof file199 - 1},
  {"rfc7628/3.2-server-response.yaml", file200, sizeof file200 - 1},
  {"rfc7628/4-letter-case-and-tls.yaml", file201, sizeof file201 - 1},
  {"rfc821/3.1-mail.yaml", file202, sizeof file202 - 1},
  {"rfc821/3.3-verifying-and-expanding.yaml", file203, sizeof file203 - 1},
  {"rfc821/3.5-opening-and-closing.yaml", file204, sizeof file204 - 1},
  {"rfc821/4.1.1-command-semantics.yaml", file205, sizeof file205 - 1},
  {"rfc821/4.1.2-command-syntax.yaml", file206, sizeof file206 - 1},
  {"rfc821/4.2-smtp-replies.yaml", file207, sizeof file207 - 1},
  {"rfc821/4.5.1-minimum-implementation.yaml", file208, sizeof file208 - 1},
  {"rfc821/4.5.2-transparency.yaml", file209, sizeof file209 - 1},
  {"rfc821/4.5.3-sizes.yaml", file210, sizeof file210 - 1},
  {"rfc8314/3.3-implicit-tls-for-submission.yaml", file211, sizeof file211 - 1},
  {"rfc8314/3.4-connection-closure.yaml", file212, sizeof file212 - 1},
  {"rfc8314/4-use-of-tls-by-servers.yaml", file213, sizeof file213 - 1},
  {"rfc8689/2-extension.yaml", file214, sizeof file214 - 1},
  {"rfc9422/3-extension.yaml", file215, sizeof file215 - 1},
  {"rfc9422/4-limits.yaml", file216, sizeof file216 - 1},
};
const size_t embedded_specs_count = 217;
