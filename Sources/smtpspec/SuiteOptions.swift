import ArgumentParser
import Conformance

/// Which cases: the suite and the selection, for every subcommand that has to do with cases.
struct SuiteOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Only these cases; may be given again.", discussion: Self.terms, valueName: "cases"))
  var only: [String] = []

  @Option(help: ArgumentHelp("Not these cases; may be given again.", valueName: "cases"))
  var skip: [String] = []

  @Option(help: ArgumentHelp("Reads the specs of a folder instead of those inside the binary.", valueName: "folder"))
  var specs: String?

  private static let terms = """
    A glob over case ids ('rfc5321/3.3/*', '*smuggling*'), a section or a folder ('rfc5321/4.1'), or rfc:5321, section:4.1.1, \
    level:must, kind:vulnerability, covers:RFC5321-3.3-10.
    """

  /// Reads the suite that the options name.
  ///
  /// - Throws: ``Failure`` with every mistake in the specs.
  func suite() throws(Failure) -> Suite {
    try Self.suite(in: specs)
  }

  /// Reads the suite of a folder, or the one inside the binary.
  ///
  /// - Throws: ``Failure`` with every mistake in the specs.
  static func suite(in folder: String?) throws(Failure) -> Suite {
    do throws(SpecErrors) {
      guard let folder else { return try Suite.embedded() }
      return try Suite.load(folder: folder)
    } catch {
      throw Failure(error.description)
    }
  }

  /// The chosen cases of a suite, in the order of RFCs and sections.
  ///
  /// - Throws: ``Failure`` where a term is wrong or matches nothing, with the nearest id.
  func cases(of suite: Suite) throws(Failure) -> [Case] {
    do throws(SelectionError) {
      return try Selection(only: only, skip: skip).cases(of: suite.cases).inReadingOrder
    } catch {
      throw Failure(error.message)
    }
  }

  /// Whether the selection leaves anything out.
  var isSelective: Bool { !only.isEmpty || !skip.isEmpty }
}
