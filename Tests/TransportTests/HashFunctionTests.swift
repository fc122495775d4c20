import Testing

@testable import Transport

@Suite("Hash functions, HMAC and PBKDF2")
struct HashFunctionTests {
  private func hex(_ octets: [UInt8]?) -> String? {
    octets?.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }

  @Test(
    "RFC 1321 A.5, RFC 3174, RFC 6234",
    arguments: [
      (HashFunction.md5, "", "d41d8cd98f00b204e9800998ecf8427e"), (.md5, "abc", "900150983cd24fb0d6963f7d28e17f72"),
      (.sha1, "abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
      (.sha256, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ])
  func hashes(function: HashFunction, text: String, expected: String) {
    #expect(hex(function.hash(Array(text.utf8))) == expected)
    #expect(function.hash(Array(text.utf8))?.count == function.lengthInOctets)
  }

  @Test(
    "RFC 2202 and RFC 4231, and an empty key",
    arguments: [
      (HashFunction.md5, "Jefe", "750c783e6ab0b503eaa86e310a5db738"), (.sha1, "Jefe", "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"),
      (.sha256, "Jefe", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
      (.sha256, "", "76d9e7194e7dbc3aa00bbe8ffb9f6fcb5a932170f971f948bb2ab61607d2b9d6"),
    ])
  func authenticates(function: HashFunction, key: String, expected: String) {
    #expect(hex(function.authenticate(Array("what do ya want for nothing?".utf8), key: Array(key.utf8))) == expected)
  }

  @Test(
    "RFC 6070, and its password with SHA-256",
    arguments: [
      (HashFunction.sha1, 1, "0c60c80f961f0e71f3a9b524af6012062fe037a6"), (.sha1, 4096, "4b007901b765489abead49d926f721d065a429c1"),
      (.sha256, 1, "120fb6cffcf8b32c43e7225256c4f837a86548c92ccc35480805987cb70be17b"),
      (.sha256, 4096, "c5e478d59288c841aa530db6845c4c8d962893a001ce4e11a4963873aa98134a"),
    ])
  func derives(function: HashFunction, iterations: Int, expected: String) {
    #expect(hex(function.derive(password: Array("password".utf8), salt: Array("salt".utf8), iterations: iterations)) == expected)
  }

  @Test("no iterations, or none that can be counted, make no key", arguments: [0, -1, Int(Int32.max) + 1])
  func refuses(iterations: Int) {
    #expect(HashFunction.sha1.derive(password: [1], salt: [2], iterations: iterations) == nil)
  }

  @Test("an empty password and an empty salt are octets like any other")
  func empty() {
    #expect(HashFunction.sha256.derive(password: [], salt: [], iterations: 1)?.count == 32)
  }
}
