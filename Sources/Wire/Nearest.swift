/// The word that someone who wrote another one probably meant, or `nil` where none is near.
///
/// The distance is that of Damerau and Levenshtein: insertions, deletions, changes, and swaps of neighbours. Near is at
/// most two of them, one for a word of four letters or fewer; letter case makes no difference.
///
/// - Returns: The first of the nearest words.
package func nearest(_ word: String, in words: some Sequence<String>) -> String? {
  let given = Array(word.lowercased().unicodeScalars.prefix(64))
  var limit = given.count <= 4 ? 1 : 2
  var best: String?
  for candidate in words {
    let letters = Array(candidate.lowercased().unicodeScalars.prefix(64))
    guard abs(letters.count - given.count) <= limit, let distance = editDistance(given, letters, atMost: limit) else { continue }
    best = candidate
    guard distance > 0 else { break }
    limit = distance - 1
  }
  return best
}

private func editDistance(_ first: [Unicode.Scalar], _ second: [Unicode.Scalar], atMost limit: Int) -> Int? {
  var beforeLast: [Int] = []
  var last = Array(0...second.count)
  for row in 1..<max(first.count + 1, 1) {
    var current = [row]
    for column in 1..<max(second.count + 1, 1) {
      let cost = first[row - 1] == second[column - 1] ? 0 : 1
      var distance = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + cost)
      if row > 1, column > 1, first[row - 1] == second[column - 2], first[row - 2] == second[column - 1] {
        distance = min(distance, beforeLast[column - 2] + 1)
      }
      current.append(distance)
    }
    beforeLast = last
    last = current
  }
  guard let distance = last.last, distance <= limit else { return nil }
  return distance
}
