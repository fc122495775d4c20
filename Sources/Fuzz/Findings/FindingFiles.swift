import Foundation

/// The folder of one finding.
struct FindingFiles {
  private let files: [(name: String, octets: [UInt8])]
  private let name: String

  /// The files of a finding.
  init(_ finding: Finding, _ record: FindingRecord) {
    var files: [(String, [UInt8])] = []
    if let page = try? record.page { files.append(("finding.json", page)) }
    if case .script(let script) = finding.input { files.append(("input.script", Array(script.text.utf8))) }
    if let variant = finding.variant { files.append(("variant.script", Array(variant.text.utf8))) }
    files.append(("input.raw", finding.input.octets))
    if let reproducer = finding.reproducer { files.append(("reproduce.sh", Array(reproducer.utf8))) }
    if !finding.transcript.isEmpty { files.append(("transcript.txt", Array(finding.transcript.utf8))) }
    if let specCase = finding.specCase { files.append(("case.yaml", Array(specCase.utf8))) }
    self.files = files
    name = record.folder
  }

  /// Writes them into a folder of their own below this one; where one of that name is, it is replaced.
  func write(into room: URL) throws(FindingStoreError) {
    let draft = room.appendingPathComponent(DurableFiles.draftPrefix + name, isDirectory: true)
    let place = room.appendingPathComponent(name, isDirectory: true)
    try? FileManager.default.removeItem(at: draft)
    try DurableFiles.makeFolder(draft)
    for file in files { try DurableFiles.writeInPlace(file.octets, to: draft.appendingPathComponent(file.name)) }
    // A folder without a line in the log is what a kill left; the log is mended when the store is opened, so none is lost here.
    try? FileManager.default.removeItem(at: place)
    try DurableFiles.move(draft, to: place)
  }
}
