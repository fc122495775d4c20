import Foundation

/// Files that are whole or not there, whenever the process or the machine stops.
enum DurableFiles {
  /// Makes a folder and those above it.
  static func makeFolder(_ folder: URL) throws(FindingStoreError) {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw .unwritable(folder.path, reason: error.localizedDescription)
    }
  }

  /// Writes octets beside their place, syncs them, and moves them there.
  static func write(_ octets: [UInt8], to file: URL) throws(FindingStoreError) {
    let draft = file.deletingLastPathComponent().appendingPathComponent(draftPrefix + file.lastPathComponent)
    try writeInPlace(octets, to: draft)
    try move(draft, to: file)
  }

  /// Writes octets and syncs them, in a folder that is a draft itself.
  static func writeInPlace(_ octets: [UInt8], to file: URL) throws(FindingStoreError) {
    let descriptor = open(file.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw failure(file) }
    defer { close(descriptor) }
    try give(octets, to: descriptor, file)
  }

  /// Adds octets behind what a file has, in one write, and syncs them.
  static func append(_ octets: [UInt8], to descriptor: Int32, _ file: URL) throws(FindingStoreError) {
    try give(octets, to: descriptor, file)
  }

  /// Moves a draft to its place and syncs the folder.
  static func move(_ draft: URL, to place: URL) throws(FindingStoreError) {
    guard rename(draft.path, place.path) == 0 else { throw failure(place) }
    sync(folder: place.deletingLastPathComponent())
  }

  /// What the names of drafts begin with.
  static let draftPrefix = ".new-"

  /// Removes what a process that stopped left half made.
  static func removeDrafts(in folder: URL) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    for name in names where name.hasPrefix(draftPrefix) { try? FileManager.default.removeItem(at: folder.appendingPathComponent(name)) }
  }

  private static func give(_ octets: [UInt8], to descriptor: Int32, _ file: URL) throws(FindingStoreError) {
    var start = 0
    while start < octets.count {
      let count = octets.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress.map { $0 + start }, octets.count - start) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure(file) }
      start += count
    }
    guard fsync(descriptor) == 0 else { throw failure(file) }
  }

  private static func sync(folder: URL) {
    let descriptor = open(folder.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    _ = fsync(descriptor)
    close(descriptor)
  }

  static func failure(_ file: URL) -> FindingStoreError { .unwritable(file.path, reason: String(cString: strerror(errno))) }
}
