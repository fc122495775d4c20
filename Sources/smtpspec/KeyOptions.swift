import ArgumentParser
import Attestation
import Foundation
import Reports

/// The key that signs.
struct KeyOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The private key that signs, a PEM file: Ed25519 or EC P-256.",
      discussion: "It is yours alone: no other user may read it. 'openssl genpkey -algorithm ed25519 -out key.pem' makes one.",
      valueName: "file"))
  var key: String

  @Option(
    name: .customLong("key-passphrase-env"),
    help: ArgumentHelp("The environment variable with the passphrase of the key, where it has one.", valueName: "variable"))
  var passphraseVariable: String?

  /// Reads the key.
  ///
  /// - Throws: ``Failure``; nothing of the key is in it.
  func signingKey() throws(Failure) -> SigningKey {
    var passphrase: String?
    if let passphraseVariable {
      passphrase = ProcessInfo.processInfo.environment[passphraseVariable]
      guard passphrase != nil else {
        throw Failure("--key-passphrase-env \(Visible.line(passphraseVariable)): the environment has no such variable")
      }
    }
    do throws(KeyError) {
      return try SigningKey(path: key, passphrase: passphrase)
    } catch {
      throw Failure("--key \(Visible.line(key)): \(error.message)")
    }
  }
}

/// The builds that a statement is about.
enum SubjectArgument {
  /// Reads what the user names.
  ///
  /// - Throws: ``Failure`` where one is neither a file nor a digest.
  static func subjects(_ texts: [String]) throws(Failure) -> [Subject] {
    var subjects: [Subject] = []
    for text in texts {
      do throws(Subject.Failure) {
        subjects.append(try Subject(text))
      } catch {
        throw Failure("--subject \(Visible.line(text)): \(error.message)")
      }
    }
    return subjects
  }
}
