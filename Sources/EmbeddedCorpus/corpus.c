// Made by scripts/embed-corpus.sh: `make specs`.
#include "EmbeddedCorpus.h"

static const unsigned char file0[] = {
#embed "../../corpus/dictionaries/smtp.dict" suffix(, )
0};
static const unsigned char file1[] = {
#embed "../../corpus/seeds/client/R1.script" suffix(, )
0};
static const unsigned char file2[] = {
#embed "../../corpus/seeds/client/R10.script" suffix(, )
0};
static const unsigned char file3[] = {
#embed "../../corpus/seeds/client/R11-lines.script" suffix(, )
0};
static const unsigned char file4[] = {
#embed "../../corpus/seeds/client/R11-octets.script" suffix(, )
0};
static const unsigned char file5[] = {
#embed "../../corpus/seeds/client/R12.script" suffix(, )
0};
static const unsigned char file6[] = {
#embed "../../corpus/seeds/client/R13.script" suffix(, )
0};
static const unsigned char file7[] = {
#embed "../../corpus/seeds/client/R14.script" suffix(, )
0};
static const unsigned char file8[] = {
#embed "../../corpus/seeds/client/R15-ehlo-220.script" suffix(, )
0};
static const unsigned char file9[] = {
#embed "../../corpus/seeds/client/R15-ehlo-221.script" suffix(, )
0};
static const unsigned char file10[] = {
#embed "../../corpus/seeds/client/R15-ehlo-354.script" suffix(, )
0};
static const unsigned char file11[] = {
#embed "../../corpus/seeds/client/R15-greeting-221.script" suffix(, )
0};
static const unsigned char file12[] = {
#embed "../../corpus/seeds/client/R15-greeting-354.script" suffix(, )
0};
static const unsigned char file13[] = {
#embed "../../corpus/seeds/client/R15-greeting-421.script" suffix(, )
0};
static const unsigned char file14[] = {
#embed "../../corpus/seeds/client/R15-greeting-500.script" suffix(, )
0};
static const unsigned char file15[] = {
#embed "../../corpus/seeds/client/R15-greeting-501.script" suffix(, )
0};
static const unsigned char file16[] = {
#embed "../../corpus/seeds/client/R15-greeting-530.script" suffix(, )
0};
static const unsigned char file17[] = {
#embed "../../corpus/seeds/client/R15-greeting-554.script" suffix(, )
0};
static const unsigned char file18[] = {
#embed "../../corpus/seeds/client/R16.script" suffix(, )
0};
static const unsigned char file19[] = {
#embed "../../corpus/seeds/client/R17-1.script" suffix(, )
0};
static const unsigned char file20[] = {
#embed "../../corpus/seeds/client/R17-2.script" suffix(, )
0};
static const unsigned char file21[] = {
#embed "../../corpus/seeds/client/R17-3.script" suffix(, )
0};
static const unsigned char file22[] = {
#embed "../../corpus/seeds/client/R17-4.script" suffix(, )
0};
static const unsigned char file23[] = {
#embed "../../corpus/seeds/client/R17-5.script" suffix(, )
0};
static const unsigned char file24[] = {
#embed "../../corpus/seeds/client/R17-6.script" suffix(, )
0};
static const unsigned char file25[] = {
#embed "../../corpus/seeds/client/R18.script" suffix(, )
0};
static const unsigned char file26[] = {
#embed "../../corpus/seeds/client/R19.script" suffix(, )
0};
static const unsigned char file27[] = {
#embed "../../corpus/seeds/client/R2.script" suffix(, )
0};
static const unsigned char file28[] = {
#embed "../../corpus/seeds/client/R3-221.script" suffix(, )
0};
static const unsigned char file29[] = {
#embed "../../corpus/seeds/client/R3-354.script" suffix(, )
0};
static const unsigned char file30[] = {
#embed "../../corpus/seeds/client/R3-421.script" suffix(, )
0};
static const unsigned char file31[] = {
#embed "../../corpus/seeds/client/R3-454.script" suffix(, )
0};
static const unsigned char file32[] = {
#embed "../../corpus/seeds/client/R3-500.script" suffix(, )
0};
static const unsigned char file33[] = {
#embed "../../corpus/seeds/client/R3-501.script" suffix(, )
0};
static const unsigned char file34[] = {
#embed "../../corpus/seeds/client/R3-502.script" suffix(, )
0};
static const unsigned char file35[] = {
#embed "../../corpus/seeds/client/R3-530.script" suffix(, )
0};
static const unsigned char file36[] = {
#embed "../../corpus/seeds/client/R4.script" suffix(, )
0};
static const unsigned char file37[] = {
#embed "../../corpus/seeds/client/R5.script" suffix(, )
0};
static const unsigned char file38[] = {
#embed "../../corpus/seeds/client/R6.script" suffix(, )
0};
static const unsigned char file39[] = {
#embed "../../corpus/seeds/client/R7.script" suffix(, )
0};
static const unsigned char file40[] = {
#embed "../../corpus/seeds/client/R8.script" suffix(, )
0};
static const unsigned char file41[] = {
#embed "../../corpus/seeds/client/R9.script" suffix(, )
0};
static const unsigned char file42[] = {
#embed "../../corpus/seeds/server/A1.script" suffix(, )
0};
static const unsigned char file43[] = {
#embed "../../corpus/seeds/server/A2.script" suffix(, )
0};
static const unsigned char file44[] = {
#embed "../../corpus/seeds/server/A3.script" suffix(, )
0};
static const unsigned char file45[] = {
#embed "../../corpus/seeds/server/A4.script" suffix(, )
0};
static const unsigned char file46[] = {
#embed "../../corpus/seeds/server/A5.script" suffix(, )
0};
static const unsigned char file47[] = {
#embed "../../corpus/seeds/server/A6.script" suffix(, )
0};
static const unsigned char file48[] = {
#embed "../../corpus/seeds/server/A7.script" suffix(, )
0};
static const unsigned char file49[] = {
#embed "../../corpus/seeds/server/A8.script" suffix(, )
0};
static const unsigned char file50[] = {
#embed "../../corpus/seeds/server/B1.script" suffix(, )
0};
static const unsigned char file51[] = {
#embed "../../corpus/seeds/server/B10.script" suffix(, )
0};
static const unsigned char file52[] = {
#embed "../../corpus/seeds/server/B11.script" suffix(, )
0};
static const unsigned char file53[] = {
#embed "../../corpus/seeds/server/B12.script" suffix(, )
0};
static const unsigned char file54[] = {
#embed "../../corpus/seeds/server/B13.script" suffix(, )
0};
static const unsigned char file55[] = {
#embed "../../corpus/seeds/server/B14.script" suffix(, )
0};
static const unsigned char file56[] = {
#embed "../../corpus/seeds/server/B2.script" suffix(, )
0};
static const unsigned char file57[] = {
#embed "../../corpus/seeds/server/B3.script" suffix(, )
0};
static const unsigned char file58[] = {
#embed "../../corpus/seeds/server/B4.script" suffix(, )
0};
static const unsigned char file59[] = {
#embed "../../corpus/seeds/server/B5.script" suffix(, )
0};
static const unsigned char file60[] = {
#embed "../../corpus/seeds/server/B6.script" suffix(, )
0};
static const unsigned char file61[] = {
#embed "../../corpus/seeds/server/B7.script" suffix(, )
0};
static const unsigned char file62[] = {
#embed "../../corpus/seeds/server/B8-1.script" suffix(, )
0};
static const unsigned char file63[] = {
#embed "../../corpus/seeds/server/B8-2.script" suffix(, )
0};
static const unsigned char file64[] = {
#embed "../../corpus/seeds/server/B8-3.script" suffix(, )
0};
static const unsigned char file65[] = {
#embed "../../corpus/seeds/server/B8-4.script" suffix(, )
0};
static const unsigned char file66[] = {
#embed "../../corpus/seeds/server/B8-5.script" suffix(, )
0};
static const unsigned char file67[] = {
#embed "../../corpus/seeds/server/B8-6.script" suffix(, )
0};
static const unsigned char file68[] = {
#embed "../../corpus/seeds/server/B9.script" suffix(, )
0};
static const unsigned char file69[] = {
#embed "../../corpus/seeds/server/C1.script" suffix(, )
0};
static const unsigned char file70[] = {
#embed "../../corpus/seeds/server/C10.script" suffix(, )
0};
static const unsigned char file71[] = {
#embed "../../corpus/seeds/server/C11.script" suffix(, )
0};
static const unsigned char file72[] = {
#embed "../../corpus/seeds/server/C12.script" suffix(, )
0};
static const unsigned char file73[] = {
#embed "../../corpus/seeds/server/C13.script" suffix(, )
0};
static const unsigned char file74[] = {
#embed "../../corpus/seeds/server/C14.script" suffix(, )
0};
static const unsigned char file75[] = {
#embed "../../corpus/seeds/server/C15.script" suffix(, )
0};
static const unsigned char file76[] = {
#embed "../../corpus/seeds/server/C16.script" suffix(, )
0};
static const unsigned char file77[] = {
#embed "../../corpus/seeds/server/C17.script" suffix(, )
0};
static const unsigned char file78[] = {
#embed "../../corpus/seeds/server/C18.script" suffix(, )
0};
static const unsigned char file79[] = {
#embed "../../corpus/seeds/server/C19.script" suffix(, )
0};
static const unsigned char file80[] = {
#embed "../../corpus/seeds/server/C2.script" suffix(, )
0};
static const unsigned char file81[] = {
#embed "../../corpus/seeds/server/C20.script" suffix(, )
0};
static const unsigned char file82[] = {
#embed "../../corpus/seeds/server/C21.script" suffix(, )
0};
static const unsigned char file83[] = {
#embed "../../corpus/seeds/server/C22.script" suffix(, )
0};
static const unsigned char file84[] = {
#embed "../../corpus/seeds/server/C23.script" suffix(, )
0};
static const unsigned char file85[] = {
#embed "../../corpus/seeds/server/C24.script" suffix(, )
0};
static const unsigned char file86[] = {
#embed "../../corpus/seeds/server/C25.script" suffix(, )
0};
static const unsigned char file87[] = {
#embed "../../corpus/seeds/server/C26-http.script" suffix(, )
0};
static const unsigned char file88[] = {
#embed "../../corpus/seeds/server/C26-tls.script" suffix(, )
0};
static const unsigned char file89[] = {
#embed "../../corpus/seeds/server/C27.script" suffix(, )
0};
static const unsigned char file90[] = {
#embed "../../corpus/seeds/server/C28.script" suffix(, )
0};
static const unsigned char file91[] = {
#embed "../../corpus/seeds/server/C29.script" suffix(, )
0};
static const unsigned char file92[] = {
#embed "../../corpus/seeds/server/C3.script" suffix(, )
0};
static const unsigned char file93[] = {
#embed "../../corpus/seeds/server/C30.script" suffix(, )
0};
static const unsigned char file94[] = {
#embed "../../corpus/seeds/server/C4.script" suffix(, )
0};
static const unsigned char file95[] = {
#embed "../../corpus/seeds/server/C5.script" suffix(, )
0};
static const unsigned char file96[] = {
#embed "../../corpus/seeds/server/C6.script" suffix(, )
0};
static const unsigned char file97[] = {
#embed "../../corpus/seeds/server/C7.script" suffix(, )
0};
static const unsigned char file98[] = {
#embed "../../corpus/seeds/server/C8.script" suffix(, )
0};
static const unsigned char file99[] = {
#embed "../../corpus/seeds/server/C9.script" suffix(, )
0};
static const unsigned char file100[] = {
#embed "../../corpus/seeds/server/D1.script" suffix(, )
0};
static const unsigned char file101[] = {
#embed "../../corpus/seeds/server/D10.script" suffix(, )
0};
static const unsigned char file102[] = {
#embed "../../corpus/seeds/server/D11.script" suffix(, )
0};
static const unsigned char file103[] = {
#embed "../../corpus/seeds/server/D12.script" suffix(, )
0};
static const unsigned char file104[] = {
#embed "../../corpus/seeds/server/D13.script" suffix(, )
0};
static const unsigned char file105[] = {
#embed "../../corpus/seeds/server/D14.script" suffix(, )
0};
static const unsigned char file106[] = {
#embed "../../corpus/seeds/server/D15.script" suffix(, )
0};
static const unsigned char file107[] = {
#embed "../../corpus/seeds/server/D16.script" suffix(, )
0};
static const unsigned char file108[] = {
#embed "../../corpus/seeds/server/D17.script" suffix(, )
0};
static const unsigned char file109[] = {
#embed "../../corpus/seeds/server/D18.script" suffix(, )
0};
static const unsigned char file110[] = {
#embed "../../corpus/seeds/server/D19.script" suffix(, )
0};
static const unsigned char file111[] = {
#embed "../../corpus/seeds/server/D2.script" suffix(, )
0};
static const unsigned char file112[] = {
#embed "../../corpus/seeds/server/D20.script" suffix(, )
0};
static const unsigned char file113[] = {
#embed "../../corpus/seeds/server/D21.script" suffix(, )
0};
static const unsigned char file114[] = {
#embed "../../corpus/seeds/server/D22.script" suffix(, )
0};
static const unsigned char file115[] = {
#embed "../../corpus/seeds/server/D3.script" suffix(, )
0};
static const unsigned char file116[] = {
#embed "../../corpus/seeds/server/D4.script" suffix(, )
0};
static const unsigned char file117[] = {
#embed "../../corpus/seeds/server/D5.script" suffix(, )
0};
static const unsigned char file118[] = {
#embed "../../corpus/seeds/server/D6.script" suffix(, )
0};
static const unsigned char file119[] = {
#embed "../../corpus/seeds/server/D7.script" suffix(, )
0};
static const unsigned char file120[] = {
#embed "../../corpus/seeds/server/D8.script" suffix(, )
0};
static const unsigned char file121[] = {
#embed "../../corpus/seeds/server/D9.script" suffix(, )
0};
static const unsigned char file122[] = {
#embed "../../corpus/seeds/server/I4-1.script" suffix(, )
0};
static const unsigned char file123[] = {
#embed "../../corpus/seeds/server/I4-2.script" suffix(, )
0};
static const unsigned char file124[] = {
#embed "../../corpus/seeds/server/I4-3.script" suffix(, )
0};
static const unsigned char file125[] = {
#embed "../../corpus/seeds/server/I5.script" suffix(, )
0};
static const unsigned char file126[] = {
#embed "../../corpus/seeds/server/I8.script" suffix(, )
0};
static const unsigned char file127[] = {
#embed "../../corpus/seeds/server/T1.script" suffix(, )
0};
static const unsigned char file128[] = {
#embed "../../corpus/seeds/server/T2.script" suffix(, )
0};
static const unsigned char file129[] = {
#embed "../../corpus/seeds/server/T3.script" suffix(, )
0};
static const unsigned char file130[] = {
#embed "../../corpus/seeds/server/T4.script" suffix(, )
0};
static const unsigned char file131[] = {
#embed "../../corpus/seeds/server/T5.script" suffix(, )
0};
static const unsigned char file132[] = {
#embed "../../corpus/seeds/server/T7.script" suffix(, )
0};
static const unsigned char file133[] = {
#embed "../../corpus/seeds/server/T9.script" suffix(, )
0};

const struct embedded_file embedded_corpus[] = {
  {"dictionaries/smtp.dict", file0, sizeof file0 - 1},
  {"seeds/client/R1.script", file1, sizeof file1 - 1},
  {"seeds/client/R10.script", file2, sizeof file2 - 1},
  {"seeds/client/R11-lines.script", file3, sizeof file3 - 1},
  {"seeds/client/R11-octets.script", file4, sizeof file4 - 1},
  {"seeds/client/R12.script", file5, sizeof file5 - 1},
  {"seeds/client/R13.script", file6, sizeof file6 - 1},
  {"seeds/client/R14.script", file7, sizeof file7 - 1},
  {"seeds/client/R15-ehlo-220.script", file8, sizeof file8 - 1},
  {"seeds/client/R15-ehlo-221.script", file9, sizeof file9 - 1},
  {"seeds/client/R15-ehlo-354.script", file10, sizeof file10 - 1},
  {"seeds/client/R15-greeting-221.script", file11, sizeof file11 - 1},
  {"seeds/client/R15-greeting-354.script", file12, sizeof file12 - 1},
  {"seeds/client/R15-greeting-421.script", file13, sizeof file13 - 1},
  {"seeds/client/R15-greeting-500.script", file14, sizeof file14 - 1},
  {"seeds/client/R15-greeting-501.script", file15, sizeof file15 - 1},
  {"seeds/client/R15-greeting-530.script", file16, sizeof file16 - 1},
  {"seeds/client/R15-greeting-554.script", file17, sizeof file17 - 1},
  {"seeds/client/R16.script", file18, sizeof file18 - 1},
  {"seeds/client/R17-1.script", file19, sizeof file19 - 1},
  {"seeds/client/R17-2.script", file20, sizeof file20 - 1},
  {"seeds/client/R17-3.script", file21, sizeof file21 - 1},
  {"seeds/client/R17-4.script", file22, sizeof file22 - 1},
  {"seeds/client/R17-5.script", file23, sizeof file23 - 1},
  {"seeds/client/R17-6.script", file24, sizeof file24 - 1},
  {"seeds/client/R18.script", file25, sizeof file25 - 1},
  {"seeds/client/R19.script", file26, sizeof file26 - 1},
  {"seeds/client/R2.script", file27, sizeof file27 - 1},
  {"seeds/client/R3-221.script", file28, sizeof file28 - 1},
  {"seeds/client/R3-354.script", file29, sizeof file29 - 1},
  {"seeds/client/R3-421.script", file30, sizeof file30 - 1},
  {"seeds/client/R3-454.script", file31, sizeof file31 - 1},
  {"seeds/client/R3-500.script", file32, sizeof file32 - 1},
  {"seeds/client/R3-501.script", file33, sizeof file33 - 1},
  {"seeds/client/R3-502.script", file34, sizeof file34 - 1},
  {"seeds/client/R3-530.script", file35, sizeof file35 - 1},
  {"seeds/client/R4.script", file36, sizeof file36 - 1},
  {"seeds/client/R5.script", file37, sizeof file37 - 1},
  {"seeds/client/R6.script", file38, sizeof file38 - 1},
  {"seeds/client/R7.script", file39, sizeof file39 - 1},
  {"seeds/client/R8.script", file40, sizeof file40 - 1},
  {"seeds/client/R9.script", file41, sizeof file41 - 1},
  {"seeds/server/A1.script", file42, sizeof file42 - 1},
  {"seeds/server/A2.script", file43, sizeof file43 - 1},
  {"seeds/server/A3.script", file44, sizeof file44 - 1},
  {"seeds/server/A4.script", file45, sizeof file45 - 1},
  {"seeds/server/A5.script", file46, sizeof file46 - 1},
  {"seeds/server/A6.script", file47, sizeof file47 - 1},
  {"seeds/server/A7.script", file48, sizeof file48 - 1},
  {"seeds/server/A8.script", file49, sizeof file49 - 1},
  {"seeds/server/B1.script", file50, sizeof file50 - 1},
  {"seeds/server/B10.script", file51, sizeof file51 - 1},
  {"seeds/server/B11.script", file52, sizeof file52 - 1},
  {"seeds/server/B12.script", file53, sizeof file53 - 1},
  {"seeds/server/B13.script", file54, sizeof file54 - 1},
  {"seeds/server/B14.script", file55, sizeof file55 - 1},
  {"seeds/server/B2.script", file56, sizeof file56 - 1},
  {"seeds/server/B3.script", file57, sizeof file57 - 1},
  {"seeds/server/B4.script", file58, sizeof file58 - 1},
  {"seeds/server/B5.script", file59, sizeof file59 - 1},
  {"seeds/server/B6.script", file60, sizeof file60 - 1},
  {"seeds/server/B7.script", file61, sizeof file61 - 1},
  {"seeds/server/B8-1.script", file62, sizeof file62 - 1},
  {"seeds/server/B8-2.script", file63, sizeof file63 - 1},
  {"seeds/server/B8-3.script", file64, sizeof file64 - 1},
  {"seeds/server/B8-4.script", file65, sizeof file65 - 1},
  {"seeds/server/B8-5.script", file66, sizeof file66 - 1},
  {"seeds/server/B8-6.script", file67, sizeof file67 - 1},
  {"seeds/server/B9.script", file68, sizeof file68 - 1},
  {"seeds/server/C1.script", file69, sizeof file69 - 1},
  {"seeds/server/C10.script", file70, sizeof file70 - 1},
  {"seeds/server/C11.script", file71, sizeof file71 - 1},
  {"seeds/server/C12.script", file72, sizeof file72 - 1},
  {"seeds/server/C13.script", file73, sizeof file73 - 1},
  {"seeds/server/C14.script", file74, sizeof file74 - 1},
  {"seeds/server/C15.script", file75, sizeof file75 - 1},
  {"seeds/server/C16.script", file76, sizeof file76 - 1},
  {"seeds/server/C17.script", file77, sizeof file77 - 1},
  {"seeds/server/C18.script", file78, sizeof file78 - 1},
  {"seeds/server/C19.script", file79, sizeof file79 - 1},
  {"seeds/server/C2.script", file80, sizeof file80 - 1},
  {"seeds/server/C20.script", file81, sizeof file81 - 1},
  {"seeds/server/C21.script", file82, sizeof file82 - 1},
  {"seeds/server/C22.script", file83, sizeof file83 - 1},
  {"seeds/server/C23.script", file84, sizeof file84 - 1},
  {"seeds/server/C24.script", file85, sizeof file85 - 1},
  {"seeds/server/C25.script", file86, sizeof file86 - 1},
  {"seeds/server/C26-http.script", file87, sizeof file87 - 1},
  {"seeds/server/C26-tls.script", file88, sizeof file88 - 1},
  {"seeds/server/C27.script", file89, sizeof file89 - 1},
  {"seeds/server/C28.script", file90, sizeof file90 - 1},
  {"seeds/server/C29.script", file91, sizeof file91 - 1},
  {"seeds/server/C3.script", file92, sizeof file92 - 1},
  {"seeds/server/C30.script", file93, sizeof file93 - 1},
  {"seeds/server/C4.script", file94, sizeof file94 - 1},
  {"seeds/server/C5.script", file95, sizeof file95 - 1},
  {"seeds/server/C6.script", file96, sizeof file96 - 1},
  {"seeds/server/C7.script", file97, sizeof file97 - 1},
  {"seeds/server/C8.script", file98, sizeof file98 - 1},
  {"seeds/server/C9.script", file99, sizeof file99 - 1},
  {"seeds/server/D1.script", file100, sizeof file100 - 1},
  {"seeds/server/D10.script", file101, sizeof file101 - 1},
  {"seeds/server/D11.script", file102, sizeof file102 - 1},
  {"seeds/server/D12.script", file103, sizeof file103 - 1},
  {"seeds/server/D13.script", file104, sizeof file104 - 1},
  {"seeds/server/D14.script", file105, sizeof file105 - 1},
  {"seeds/server/D15.script", file106, sizeof file106 - 1},
  {"seeds/server/D16.script", file107, sizeof file107 - 1},
  {"seeds/server/D17.script", file108, sizeof file108 - 1},
  {"seeds/server/D18.script", file109, sizeof file109 - 1},
  {"seeds/server/D19.script", file110, sizeof file110 - 1},
  {"seeds/server/D2.script", file111, sizeof file111 - 1},
  {"seeds/server/D20.script", file112, sizeof file112 - 1},
  {"seeds/server/D21.script", file113, sizeof file113 - 1},
  {"seeds/server/D22.script", file114, sizeof file114 - 1},
  {"seeds/server/D3.script", file115, sizeof file115 - 1},
  {"seeds/server/D4.script", file116, sizeof file116 - 1},
  {"seeds/server/D5.script", file117, sizeof file117 - 1},
  {"seeds/server/D6.script", file118, sizeof file118 - 1},
  {"seeds/server/D7.script", file119, sizeof file119 - 1},
  {"seeds/server/D8.script", file120, sizeof file120 - 1},
  {"seeds/server/D9.script", file121, sizeof file121 - 1},
  {"seeds/server/I4-1.script", file122, sizeof file122 - 1},
  {"seeds/server/I4-2.script", file123, sizeof file123 - 1},
  {"seeds/server/I4-3.script", file124, sizeof file124 - 1},
  {"seeds/server/I5.script", file125, sizeof file125 - 1},
  {"seeds/server/I8.script", file126, sizeof file126 - 1},
  {"seeds/server/T1.script", file127, sizeof file127 - 1},
  {"seeds/server/T2.script", file128, sizeof file128 - 1},
  {"seeds/server/T3.script", file129, sizeof file129 - 1},
  {"seeds/server/T4.script", file130, sizeof file130 - 1},
  {"seeds/server/T5.script", file131, sizeof file131 - 1},
  {"seeds/server/T7.script", file132, sizeof file132 - 1},
  {"seeds/server/T9.script", file133, sizeof file133 - 1},
};
const size_t embedded_corpus_count = 134;
