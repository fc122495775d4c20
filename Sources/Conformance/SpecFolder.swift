import Foundation

/// Reads a folder laid out as `specs/` is.
enum SpecFolder {
  /// The most octets that one file may have.
  static let fileLimit = 1 << 20
  /// The most files that a folder may have.
  static let countLimit = 2_000

  /// Its YAML files, named below the folder's own name, in order.
  static func files(of folder: String) throws(SpecErrors) -> [SpecFile] {
    let manager = FileManager.default
    var isFolder: ObjCBool = false
    guard manager.fileExists(atPath: folder, isDirectory: &isFolder) else {
      throw failure(folder, "no such folder; --specs takes one laid out as specs/ is")
    }
    guard isFolder.boolValue, let walk = manager.enumerator(atPath: folder) else {
      throw failure(folder, "is no folder; --specs takes one laid out as specs/ is")
    }
    var names: [String] = []
    for case let name as String in walk where name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
      names.append(name)
      if names.count > countLimit { throw failure(folder, "has more than \(countLimit) spec files") }
    }
    guard !names.isEmpty else { throw failure(folder, "has no .yaml files") }
    var files: [SpecFile] = []
    for name in names.sorted() {
      let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
      files.append(SpecFile(name: path, text: try text(of: path)))
    }
    return files
  }

  /// The text of one file: bounded, and UTF-8.
  static func text(of path: String) throws(SpecErrors) -> String {
    guard let handle = FileHandle(forReadingAtPath: path) else { throw failure(path, "cannot be read: no such file, or no permission") }
    defer { try? handle.close() }
    let data: Data
    do {
      data = try handle.read(upToCount: fileLimit + 1) ?? Data()
    } catch {
      throw failure(path, "cannot be read: \(error.localizedDescription)")
    }
    guard data.count <= fileLimit else { throw failure(path, "has more than \(fileLimit) octets") }
    guard let text = String(data: data, encoding: .utf8) else { throw failure(path, "is not UTF-8") }
    return text
  }

  private static func failure(_ path: String, _ message: String) -> SpecErrors {
    SpecErrors(errors: [SpecError(file: path, line: 0, column: 0, message: message)])
  }
}
