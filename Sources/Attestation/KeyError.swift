/// Why a key cannot be used, in plain words; never with anything of the key itself.
package enum KeyError: Error, Equatable {
  /// The file cannot be read, and the system's reason.
  case unreadable(String)
  /// It holds more than a key.
  case tooLong
  /// Others may read or change the file; its permissions in octal.
  case exposed(String)
  /// It belongs to somebody else.
  case foreign
  /// It holds no PEM text of the kind asked for.
  case notPEM(expected: String)
  /// It holds a public key where a private one is needed, or the other way round.
  case wrongHalf(expected: String)
  /// It is under a passphrase, and none was given.
  case encrypted
  /// It is under another passphrase.
  case wrongPassphrase
  /// A key of this kind is not signed with here.
  case unsupported(String)

  /// What is wrong and what to do.
  package var message: String {
    switch self {
    case .unreadable(let reason): "it cannot be read: \(reason)"
    case .tooLong: "it is too long for a key"
    case .exposed(let mode): "others may read or change it (its permissions are \(mode)): chmod 600 it, and think about whether they did"
    case .foreign: "it belongs to another user: use a key of your own"
    case .notPEM(let expected): "it holds no \(expected) in PEM form"
    case .wrongHalf(let expected): "it holds the other half of a key: \(expected)"
    case .encrypted: "it is under a passphrase: name the environment variable that has it, --key-passphrase-env NAME"
    case .wrongPassphrase: "the passphrase does not open it"
    case .unsupported(let kind):
      "a key of the kind \(kind) does not sign here: make one with 'openssl genpkey -algorithm ed25519', or with EC P-256"
    }
  }
}
