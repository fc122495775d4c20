/// Makes a sequence smaller while something stays true of it, by leaving out ever smaller parts (delta debugging).
package enum OctetMinimizer {
  /// Leaves out what is not needed.
  ///
  /// - Parameters:
  ///   - elements: What to make smaller.
  ///   - budget: How often to ask at most.
  ///   - holds: Whether what is left still has it; it holds of all the elements.
  /// - Returns: A part of the elements in their order, of which it holds.
  package static func minimize<Element>(_ elements: [Element], budget: Int = 2_000, while holds: ([Element]) -> Bool) -> [Element] {
    var left = budget
    var current = elements
    var size = max(1, current.count / 2)
    while size >= 1, left > 0 {
      var start = 0
      var shrank = false
      while start < current.count, left > 0 {
        var candidate = current
        candidate.removeSubrange(start..<min(start + size, current.count))
        left -= 1
        if holds(candidate) {
          current = candidate
          shrank = true
        } else {
          start += size
        }
      }
      if size == 1, !shrank { break }
      if !shrank { size /= 2 }
      size = min(size, max(1, current.count / 2))
      if current.isEmpty { break }
    }
    return current
  }
}
