extension TargetConfiguration {
  /// A known violation.
  public struct Waiver: Sendable, Equatable {
    /// A glob over case ids.
    public let cases: String
    /// Why it is accepted.
    public let reason: String
    /// Where it is tracked.
    public let issue: String?
    /// The last day it holds, `2027-01-31`, in UTC.
    public let until: String?
    /// What the server is known to do: a part of the observation, where given.
    public let observed: String?
    /// Whether the server does it in some runs only, so that a run without it is no reason to remove the waiver.
    public let isSometimes: Bool
    /// Where it is written, `waivers.yaml:3:5`; `nil` where no file has it.
    public let place: String?

    /// A waiver.
    public init(
      cases: String, reason: String, issue: String? = nil, until: String? = nil, observed: String? = nil, isSometimes: Bool = false,
      place: String? = nil
    ) {
      self.cases = cases
      self.reason = reason
      self.issue = issue
      self.until = until
      self.observed = observed
      self.isSometimes = isSometimes
      self.place = place
    }

    /// Whether a text is a day of the calendar, as `until` needs it.
    public static func isDay(_ text: String) -> Bool {
      Day(text) != nil
    }

    /// Whether a glob over case ids names a case, or the section or table that it stands in.
    public static func names(_ id: String, _ glob: String) -> Bool {
      let glob = Glob(glob)
      return glob.matches(id) || glob.matchesFolder(of: id)
    }

    /// The reason with the link to where it is tracked.
    var grounds: String {
      issue.map { "\(reason) (\($0))" } ?? reason
    }
  }
}

extension [TargetConfiguration.Waiver] {
  /// Reads a file of waivers: a list of entries, each with `case` and `reason`, and `issue`, `until` and `observed` where wanted.
  ///
  /// A file that holds nothing but comments has no waivers.
  ///
  /// - Parameter file: Its path.
  /// - Returns: The waivers in the file's order.
  /// - Throws: ``ConfigurationError`` with file, line and column of the first mistake.
  public static func load(_ file: String) throws(ConfigurationError) -> [TargetConfiguration.Waiver] {
    do {
      return try WaiverLoader.load(SpecFile(name: file, text: SpecFolder.text(of: file)))
    } catch let error as SpecErrors {
      throw ConfigurationError(message: error.description)
    } catch let error as SpecError {
      throw ConfigurationError(message: error.description)
    } catch {
      throw ConfigurationError(message: "\(file): \(error)")
    }
  }
}
