package import Foundation
import Wire

/// The folder that a campaign writes to, and the only one: findings, corpus, and what is still to be confirmed.
///
///     divergences.jsonl            a line a finding, in the order they were recorded
///     findings/NAME/finding.json   all that is known of one
///     findings/NAME/input.script   what makes it happen; input.raw has its octets
///     findings/NAME/reproduce.sh, transcript.txt, case.yaml
///     corpus/NAME.script           what reached something new
///     pending/NAME.script          what looked like a finding and was not yet confirmed
///     campaign.json                the seed, and the run to go on with
///
/// Each file and each folder of a finding is written beside its place, synced, and moved there, and a line is added in one write: whenever
/// the process is killed, what was recorded is there in whole. Opening the store mends what a kill left between two of these steps.
package final class FindingStore: @unchecked Sendable {
  // Sendable by hand: every access to the state holds the lock.

  /// The folder.
  package let folder: URL
  private let lock = NSLock()
  private let log: URL
  private var logDescriptor: Int32 = -1
  private var known: [String: FindingRecord] = [:]
  private var newOnes: [FindingRecord] = []

  private enum Room: String, CaseIterable {
    case findings, corpus, pending
  }

  /// Opens a folder, and makes it where it is not there.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - resuming: Whether to go on with what is there.
  /// - Throws: ``FindingStoreError`` where it cannot be written, belongs to a campaign that runs, or has results and `resuming` is false.
  package init(at path: String, resuming: Bool) throws(FindingStoreError) {
    folder = URL(fileURLWithPath: path, isDirectory: true)
    log = folder.appendingPathComponent("divergences.jsonl")
    if !resuming, FileManager.default.fileExists(atPath: log.path) { throw .notEmpty(path) }
    try DurableFiles.makeFolder(folder)
    for room in Room.allCases {
      try DurableFiles.makeFolder(folder(of: room))
      DurableFiles.removeDrafts(in: folder(of: room))
    }
    DurableFiles.removeDrafts(in: folder)
    logDescriptor = open(log.path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard logDescriptor >= 0 else { throw DurableFiles.failure(log) }
    guard flock(logDescriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(logDescriptor)
      logDescriptor = -1
      throw .inUse(path)
    }
    try readLog()
    try mendLog()
  }

  deinit {
    if logDescriptor >= 0 { close(logDescriptor) }
  }

  /// All findings in the folder, the earliest first.
  package var records: [FindingRecord] {
    lock.withLock { known.values.sorted { ($0.time, $0.folder) < ($1.time, $1.folder) } }
  }

  /// What this process recorded, in order.
  package var newRecords: [FindingRecord] { lock.withLock { newOnes } }

  /// Whether there is a finding of this subject and bucket.
  package func has(subject: String, bucket: String) -> Bool {
    lock.withLock { known[FindingStore.key(subject, Escaped.show(bucket))] != nil }
  }

  /// Records a finding, unless its bucket has one.
  ///
  /// - Returns: Whether it is new.
  /// - Throws: ``FindingStoreError`` where it cannot be written; then it is not taken for known.
  @discardableResult
  package func record(_ finding: Finding) throws(FindingStoreError) -> Bool {
    lock.lock()
    defer { lock.unlock() }
    let record = FindingRecord(finding)
    let key = FindingStore.key(record.subject, record.bucket)
    guard known[key] == nil else { return false }
    try FindingFiles(finding, record).write(into: folder(of: .findings))
    try append(record)
    known[key] = record
    newOnes.append(record)
    return true
  }

  /// Keeps a script or octets that reached something new.
  package func keep(_ input: Finding.Input) throws(FindingStoreError) { try put(input, into: .corpus) }

  /// What was kept, in the order of the names.
  package func corpus() -> [Script] { inputs(in: .corpus).map { Script(decoding: $0) } }

  /// What was kept, as it is on disk.
  package func corpusOctets() -> [[UInt8]] { inputs(in: .corpus) }

  /// Notes what looks like a finding, before it is confirmed, so that it outlives a kill.
  package func note(_ input: Finding.Input) throws(FindingStoreError) { try put(input, into: .pending) }

  /// What was noted has been confirmed or rejected.
  package func settle(_ input: Finding.Input) {
    try? FileManager.default.removeItem(at: folder(of: .pending).appendingPathComponent(FindingStore.name(of: input)))
  }

  /// All that was noted has been confirmed or rejected.
  package func settleAll() {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder(of: .pending).path)) ?? []
    for name in names { try? FileManager.default.removeItem(at: folder(of: .pending).appendingPathComponent(name)) }
  }

  /// What was noted and never settled.
  package func pending() -> [[UInt8]] { inputs(in: .pending) }

  /// Notes how far a campaign has come.
  package func mark(_ mark: CampaignMark) throws(FindingStoreError) {
    guard let octets = try? JSONEncoder().encode(mark) else { return }
    try DurableFiles.write(Array(octets) + [.lineFeed], to: markFile)
  }

  /// How far the campaign came that wrote this folder last; `nil` where it does not say.
  package var mark: CampaignMark? {
    (try? Data(contentsOf: markFile)).flatMap { try? JSONDecoder().decode(CampaignMark.self, from: $0) }
  }

  // MARK: Files

  private var markFile: URL { folder.appendingPathComponent("campaign.json") }

  private func folder(of room: Room) -> URL { folder.appendingPathComponent(room.rawValue, isDirectory: true) }

  private static func key(_ subject: String, _ bucket: String) -> String { subject + "\n" + bucket }

  private static func octets(of input: Finding.Input) -> [UInt8] {
    switch input {
    case .script(let script): Array(script.text.utf8)
    case .octets(let octets): octets
    }
  }

  private static func name(of input: Finding.Input) -> String {
    var signature = Signature()
    signature.add(octets(of: input))
    if case .script = input { return signature.hex + ".script" }
    return signature.hex + ".raw"
  }

  private func put(_ input: Finding.Input, into room: Room) throws(FindingStoreError) {
    let file = folder(of: room).appendingPathComponent(FindingStore.name(of: input))
    guard !FileManager.default.fileExists(atPath: file.path) else { return }
    try DurableFiles.write(FindingStore.octets(of: input), to: file)
  }

  private func inputs(in room: Room) -> [[UInt8]] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder(of: room).path)) ?? []
    return names.filter { !$0.hasPrefix(".") }.sorted().compactMap { name in
      (try? Data(contentsOf: folder(of: room).appendingPathComponent(name))).map { Array($0) }
    }
  }

  // MARK: The log

  /// Reads what is there, and cuts off a line that a kill left unfinished.
  private func readLog() throws(FindingStoreError) {
    guard let data = try? Data(contentsOf: log) else { throw DurableFiles.failure(log) }
    let end = data.lastIndex(of: .lineFeed).map { $0 + 1 } ?? 0
    if end < data.count, ftruncate(logDescriptor, off_t(end)) != 0 { throw DurableFiles.failure(log) }
    for line in data[..<end].split(separator: .lineFeed) { remember(Data(line)) }
  }

  /// Adds the line of a finding whose folder is there, and whose line a kill prevented.
  private func mendLog() throws(FindingStoreError) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder(of: .findings).path)) ?? []
    let logged = Set(known.values.map(\.folder))
    for name in names.sorted() where !logged.contains(name) {
      let page = folder(of: .findings).appendingPathComponent(name).appendingPathComponent("finding.json")
      guard let data = try? Data(contentsOf: page), let record = remember(data) else { continue }
      try append(record)
    }
  }

  @discardableResult
  private func remember(_ data: Data) -> FindingRecord? {
    guard let record = try? JSONDecoder().decode(FindingRecord.self, from: data) else { return nil }
    known[FindingStore.key(record.subject, record.bucket)] = record
    return record
  }

  private func append(_ record: FindingRecord) throws(FindingStoreError) {
    guard let line = try? record.line else { throw .unwritable(log.path, reason: "no JSON can be made of the finding") }
    try DurableFiles.append(line, to: logDescriptor, log)
  }
}
