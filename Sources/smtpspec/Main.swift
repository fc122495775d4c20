import ArgumentParser

@main
struct Smtpspec: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "smtpspec", abstract: "Tells whether an SMTP server does what the RFCs say.")
}
