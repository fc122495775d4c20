import Foundation
import Wire

/// What the next hop was given, message by message.
final class Arrivals {
  private let folder: String
  private var seen: Set<String> = []
  private var found: [Int: [[UInt8]]] = [:]
  private var strangers = 0
  /// How many messages arrived once, and octet for octet.
  private(set) var whole = 0

  init(folder: String) {
    self.folder = folder
  }

  /// Waits until so many messages are there, then sends one more and waits for it.
  ///
  /// - Returns: Whether all were there in time.
  func wait(for count: Int, lasting sender: Sender, within limit: Duration) throws -> Bool {
    let end = ContinuousClock().now + limit
    while found.count < count {
      guard ContinuousClock().now < end else { return false }
      read()
      // The mailbox is a folder: nothing tells of a new file but looking.
      Thread.sleep(forTimeInterval: 0.05)
    }
    let last = sender.last
    sender.send(last..<last + 1)
    while found[last] == nil {
      guard ContinuousClock().now < end else { return false }
      read()
      Thread.sleep(forTimeInterval: 0.05)
    }
    return true
  }

  private func read() {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] where seen.insert(name).inserted {
      let octets = FileManager.default.contents(atPath: "\(folder)/\(name)").map { Array($0) } ?? []
      if let number = Self.number(of: octets) {
        found[number, default: []].append(octets)
      } else {
        strangers += 1
      }
    }
  }

  /// The number in a message's subject.
  static func number(of octets: [UInt8]) -> Int? {
    let subject = Message(octets, lineEnds: [.crlf]).fields.first { $0.isNamed("Subject") }
    return subject.flatMap { field in
      let text = String(decoding: field.value, as: UTF8.self).trimmingCharacters(in: .whitespaces)
      return text.hasPrefix(MessageGenerator.mark) ? Int(text.dropFirst(MessageGenerator.mark.count)) : nil
    }
  }

  /// What is wrong with what arrived, a line each.
  func faults(of sender: Sender, count: Int) -> [String] {
    var faults: [String] = strangers == 0 ? [] : ["\(strangers) messages arrived that nobody sent"]
    for number in 0..<count {
      let copies = found[number] ?? []
      guard copies.count == 1 else {
        faults.append("message \(number) arrived \(copies.count) times")
        continue
      }
      let sent = sender.message(number)
      if let fault = Self.difference(of: copies[0], from: sent) {
        faults.append("message \(number): \(fault)")
      } else {
        whole += 1
      }
    }
    return faults
  }

  /// Why a message is not what was sent behind trace fields, `nil` where it is.
  static func difference(of arrived: [UInt8], from sent: [UInt8]) -> String? {
    guard arrived.count >= sent.count, arrived.suffix(sent.count).elementsEqual(sent) else {
      let pairs = zip(arrived.reversed(), sent.reversed()).enumerated()
      let place = pairs.first { $0.element.0 != $0.element.1 }?.offset ?? min(arrived.count, sent.count)
      let shown = Escaped.show(Array(arrived.suffix(place + 20).prefix(60)), limit: 200)
      return "it differs \(place) octets before its end: \(shown)"
    }
    let added = Message(arrived.prefix(arrived.count - sent.count) + Array("\r\n".utf8), lineEnds: [.crlf]).fields
    let names = added.map { $0.name.lowercased() }
    return names == ["return-path", "received", "received"] ? nil : "in front of it stand \(names)"
  }
}
