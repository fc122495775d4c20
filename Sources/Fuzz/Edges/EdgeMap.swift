#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Memory that we share with a server, in which each octet counts how often the server went over an edge of its code.
///
/// Programs that AFL's compilers have built attach it by the variables of ``environment``, and so do those that link
/// `examples/edges/smtpspec_edges.c`. What stands in it is the server's to write: any octets, at any time.
final class EdgeMap: @unchecked Sendable {
  // Sendable by hand: the address never changes, and what is there is copied out, whatever others write meanwhile.
  /// How many octets it has.
  let count: Int
  private let identifier: Int32
  private let address: UnsafeMutableRawPointer

  /// The sizes that there are: what AFL takes for the smallest, and far more than any server needs.
  static let sizes = 64...(1 << 26)

  /// Makes a map of zeros.
  ///
  /// - Throws: ``EdgeFailure`` where the system has no such memory.
  init(count: Int) throws(EdgeFailure) {
    let identifier = shmget(0, count, Int32(IPC_CREAT | IPC_EXCL) | 0o600)
    guard identifier >= 0 else { throw EdgeFailure(message: "no shared memory for the edge map: \(Spawning.text(of: errno))") }
    let attached = shmat(identifier, nil, 0)
    // -1 is how shmat(2) fails.
    guard let address = attached, Int(bitPattern: address) != -1 else {
      let code = errno
      shmctl(identifier, IPC_RMID, nil)
      throw EdgeFailure(message: "the edge map cannot be attached: \(Spawning.text(of: code))")
    }
    #if os(Linux)
      // Linux lets others attach what is marked for removal while somebody has it: so a kill at any moment leaves nothing behind.
      shmctl(identifier, IPC_RMID, nil)
    #endif
    self.count = count
    self.identifier = identifier
    self.address = address
  }

  deinit {
    shmdt(address)
    #if !os(Linux)
      shmctl(identifier, IPC_RMID, nil)
    #endif
  }

  /// What a server finds it by.
  var environment: [String: String] { ["__AFL_SHM_ID": String(identifier), "AFL_MAP_SIZE": String(count)] }

  /// Makes every octet zero.
  func clear() { memset(address, 0, count) }

  /// Copies it into as many octets as it has.
  func copy(into octets: inout [UInt8]) {
    octets.withUnsafeMutableBytes { $0.copyMemory(from: UnsafeRawBufferPointer(start: address, count: min(count, $0.count))) }
  }

  /// Whether it is still what was copied.
  func isStill(_ octets: [UInt8]) -> Bool {
    octets.withUnsafeBytes { copy in copy.baseAddress.map { memcmp(address, $0, min(count, copy.count)) == 0 } ?? true }
  }
}

/// Why the edges of a server cannot be counted.
package struct EdgeFailure: Error, Sendable, Equatable {
  /// What a person reads.
  package let message: String
}
