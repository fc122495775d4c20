import Conformance
import Wire

/// A page that is one file and asks nobody for anything.
///
/// Its policy allows the one style and the one script that stand in it, by their digests, and nothing else: no image, no request, no handler in an
/// attribute. Should an octet of a server ever get past the escaping, it does nothing.
struct HTMLPage {
  /// What the window is called.
  let title: String
  /// The page's content, escaped already.
  let body: String
  /// What makes it move.
  let script: String

  /// The page.
  var text: String {
    let style = HTMLStyle.text
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '\(Self.source(style))'; script-src '\(Self.source(script))'; \
      base-uri 'none'; form-action 'none'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="referrer" content="no-referrer">
      <title>\(Markup.escaped(Visible.line(title, limit: 200)))</title>
      <style>\(style)</style>
      </head>
      <body>
      \(body)<script>\(script)</script>
      </body>
      </html>

      """
  }

  /// The digest by which a policy names a style or a script.
  private static func source(_ text: String) -> String {
    "sha256-" + String(decoding: Base64.encode(Digest.octets(of: Array(text.utf8))), as: UTF8.self)
  }
}

/// Pieces of a page.
enum HTML {
  /// An element with text in it.
  static func element(_ name: String, class role: String = "", _ text: String) -> String {
    "<\(name)\(role.isEmpty ? "" : " class=\"\(role)\"")>\(Markup.escaped(text))</\(name)>"
  }

  /// Octets as ``Escaped`` shows them, with every escape set apart.
  static func octets(_ shown: String) -> String {
    var html = ""
    var rest = Substring(shown)
    while let slash = rest.firstIndex(of: "\\") {
      html += Markup.escaped(String(rest[..<slash]))
      var end = rest.index(slash, offsetBy: 2, limitedBy: rest.endIndex) ?? rest.endIndex
      if rest[slash...].hasPrefix("\\x") { end = rest.index(slash, offsetBy: 4, limitedBy: rest.endIndex) ?? rest.endIndex }
      // Escapes that follow each other share an element.
      let escape = Markup.escaped(String(rest[slash..<end]))
      html = html.hasSuffix("</i>") ? html.dropLast(4) + escape + "</i>" : html + "<i>\(escape)</i>"
      rest = rest[end...]
    }
    return html + Markup.escaped(String(rest))
  }

  /// A mark with the verdict's name for those who cannot see it.
  static func mark(_ kind: Verdict.Kind) -> String {
    "<span class=\"mark\" aria-hidden=\"true\">\(kind.mark)</span><span class=\"hidden\">\(kind.words)</span>"
  }
}
