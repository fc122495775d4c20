import ArgumentParser
import Foundation
import Reports

/// `smtpspec matrix`: puts the runs of several servers beside each other.
struct MatrixCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "matrix",
    abstract: "Puts the runs of several servers beside each other.",
    discussion: "It takes the events that 'check --json=FILE' writes. Without a form it writes Markdown to standard output."
  )

  @Argument(help: ArgumentHelp("The events of each server's run: FILE, or NAME=FILE.", valueName: "events"))
  var events: [String]

  @Option(
    name: .customLong("report"),
    help: ArgumentHelp(
      "Writes a report of this form; may be given again.",
      discussion: "FORM=PATH, or FORM alone for standard output. The forms: "
        + MatrixForms.all.map { "\($0.name) (\($0.words))" }.joined(separator: "; ") + ".", valueName: "form"))
  var forms: [MatrixRequest] = []

  func run() throws {
    var servers: [Matrix.Server] = []
    for argument in events {
      let (name, file) = Self.named(argument)
      guard !servers.contains(where: { $0.name == name }) else {
        throw Failure("two servers are called '\(Visible.line(name))': write NAME=FILE")
      }
      servers.append(Matrix.Server(name: name, file: file, run: try Merge.read(file)))
    }
    let matrix = Matrix(servers)
    for line in matrix.reservations { StandardError.say(line) }
    for request in forms.isEmpty ? [MatrixRequest(form: MatrixMarkdownForm.self, place: OutputPlace(path: nil))] : forms {
      try request.place.write(request.form.init().text(of: matrix))
    }
  }

  /// `postfix=a.jsonl`, or a file, whose name without its ending is the server's.
  private static func named(_ argument: String) -> (name: String, file: String) {
    if let sign = argument.firstIndex(of: "="), sign > argument.startIndex, !argument[..<sign].contains("/") {
      return (String(argument[..<sign]), String(argument[argument.index(after: sign)...]))
    }
    return (URL(fileURLWithPath: argument).deletingPathExtension().lastPathComponent, argument)
  }
}

/// One report of a matrix that was asked for.
struct MatrixRequest: ExpressibleByArgument {
  let form: any MatrixForm.Type
  let place: OutputPlace

  init(form: any MatrixForm.Type, place: OutputPlace) {
    self.form = form
    self.place = place
  }

  init?(argument: String) {
    guard let (name, place) = OutputPlace.split(argument), let form = MatrixForms.named(name) else { return nil }
    self.init(form: form, place: place)
  }

  static var allValueStrings: [String] { MatrixForms.all.map { "\($0.name)=PATH" } }
}
