import ArgumentParser
import Foundation
import Fuzz
import Wire

/// How the octets of a script's file are read.
enum ScriptFormat: String, ExpressibleByArgument, CaseIterable {
  /// A script where it begins like one, else the octets of a session.
  case auto
  /// Messages, each behind its length in four octets.
  case aflnet
  /// The octets of a session.
  case raw
}

/// How a script is written.
enum ExportFormat: String, ExpressibleByArgument, CaseIterable {
  case script, raw, shell

  /// The octets of the file.
  func octets(of script: Script, at address: (host: String, port: UInt16)) -> [UInt8] {
    switch self {
    case .script: Array(script.text.utf8)
    case .raw: Array(script.connections.joined())
    case .shell: Array(ShellReproducer(script, host: address.host, port: address.port).text.utf8)
    }
  }
}

/// How files are read.
struct ScriptFormatOptions: ParsableArguments {
  @Option(name: .customLong("from"), help: ArgumentHelp("What the file is: auto, aflnet or raw.", valueName: "format"))
  var format = ScriptFormat.auto
}

/// A script from a file.
struct ScriptFile {
  let script: Script
  var problems: [ScriptReader.Problem] = []
  /// Whether it is a finding of two plays that differ.
  var comparesPlays = false

  /// More than this is no script.
  private static let limitInOctets = 16 << 20

  /// Reads a file, or the script of a finding's folder.
  static func read(_ path: String, as format: ScriptFormat) throws(Failure) -> ScriptFile {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { throw Failure("there is no file \(path)") }
    let file = isFolder.boolValue ? path + "/input.script" : path
    guard let handle = FileHandle(forReadingAtPath: file), let data = try? handle.read(upToCount: limitInOctets + 1) ?? Data() else {
      throw Failure("\(file) cannot be read")
    }
    guard data.count <= limitInOctets else { throw Failure("\(file) has more than \(limitInOctets >> 20) MiB, which is no script") }
    let octets = Array(data)
    let compares = isFolder.boolValue && FileManager.default.fileExists(atPath: path + "/variant.script")
    switch format {
    case .aflnet: return ScriptFile(script: Script(aflnet: octets))
    case .raw: return ScriptFile(script: Script(session: octets))
    case .auto where octets.starts(with: Script.signature.utf8):
      let read = ScriptReader.read(octets)
      return ScriptFile(script: read.script, problems: read.problems, comparesPlays: compares)
    case .auto: return ScriptFile(script: Script(session: octets))
    }
  }

  /// The files, and the server behind them if the last argument is none.
  static func split(_ arguments: [String]) -> (files: [String], host: String?) {
    guard let last = arguments.last, !FileManager.default.fileExists(atPath: last), arguments.count > 1 else { return (arguments, nil) }
    return (Array(arguments.dropLast()), last)
  }
}
