import Foundation
import Synchronization

/// The message store: one Maildir a user, under one folder.
///
/// A message is written under `tmp` and then renamed into `new`, so a reader never sees a part of one. The octets are kept as they came,
/// CRLFs included: a bare CR or LF in a message can be told from a line's end.
package final class Maildir: Sendable {
  /// Why a message was not stored.
  package enum Failure: Error, Equatable {
    /// The store has reached its limit.
    case full
    /// The file system refused.
    case system
  }

  private let folder: String?
  private let hostName: String
  private let limitInOctets: Int
  private let stored = Mutex((octets: 0, messages: 0))

  /// A store in a folder, or, without one, a store that only counts.
  package init(configuration: Configuration) {
    folder = configuration.maildir
    hostName = configuration.hostName
    limitInOctets = configuration.storageLimitInOctets
  }

  /// Makes the folders of every user.
  ///
  /// - Throws: ``Failure`` where the file system refuses.
  package func prepare(users: [String]) throws(Failure) {
    guard let folder else { return }
    for user in users {
      for part in ["tmp", "new", "cur"] {
        do {
          try FileManager.default.createDirectory(atPath: "\(folder)/\(user)/\(part)", withIntermediateDirectories: true)
        } catch {
          throw .system
        }
      }
    }
  }

  /// Stores all copies of one message, or none that a reader can see.
  package func store(_ copies: [StoredMessage], at seconds: Int) throws(Failure) {
    let size = copies.reduce(0) { $0 + $1.octets.count }
    let first = try reserve(octets: size, messages: copies.count)
    guard let folder else { return }
    var written: [(temporary: String, final: String)] = []
    for (index, copy) in copies.enumerated() {
      let name = "\(seconds).P\(ProcessInfo.processInfo.processIdentifier)Q\(first + index).\(hostName)"
      let temporary = "\(folder)/\(copy.user)/tmp/\(name)"
      written.append((temporary, "\(folder)/\(copy.user)/new/\(name)"))
      do {
        try Data(copy.octets).write(to: URL(fileURLWithPath: temporary), options: .withoutOverwriting)
      } catch {
        for file in written { try? FileManager.default.removeItem(atPath: file.temporary) }
        throw .system
      }
    }
    for file in written {
      do {
        try FileManager.default.moveItem(atPath: file.temporary, toPath: file.final)
      } catch {
        throw .system
      }
    }
  }

  /// Takes room for so many octets and gives the number of the first message.
  private func reserve(octets: Int, messages: Int) throws(Failure) -> Int {
    let first: Int? = stored.withLock { stored in
      guard stored.octets + octets <= limitInOctets else { return nil }
      stored.octets += octets
      defer { stored.messages += messages }
      return stored.messages
    }
    guard let first else { throw .full }
    return first
  }
}
