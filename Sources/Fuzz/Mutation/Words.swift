import Wire

/// The words that mutators put in.
package enum Words {
  /// Reads a dictionary in AFL's format: `name="value"` lines, `\\`, `\"` and `\xHH` in the value; other lines say nothing.
  package static func read(_ dictionary: [UInt8]) -> [[UInt8]] {
    dictionary.split(separator: .lineFeed).compactMap { line in
      guard line.first != UInt8(ascii: "#"), let first = line.firstIndex(of: .quote), let last = line.lastIndex(of: .quote), first < last
      else { return nil }
      var octets: [UInt8] = []
      var index = first + 1
      while index < last {
        let isEscape = line[index] == .backslash && index + 1 < last
        if isEscape, index + 3 < last, line[index + 1] == UInt8(ascii: "x"), let high = line[index + 2].hexDigitValue,
          let low = line[index + 3].hexDigitValue
        {
          octets.append(high << 4 | low)
          index += 4
        } else {
          octets.append(line[isEscape ? index + 1 : index])
          index += isEscape ? 2 : 1
        }
      }
      return octets.isEmpty ? nil : octets
    }
  }
}
