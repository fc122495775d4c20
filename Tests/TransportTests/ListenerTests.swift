import Foundation
import Testing
import Transport

@Suite("Listener")
struct ListenerTests {
  @Test func namesThePortTheSystemChose() throws {
    let listener = try Listener(host: "127.0.0.1", port: 0)
    #expect(listener.port != 0)
    #expect(listener.endpoint == .tcp(host: "127.0.0.1", port: listener.port))
  }

  @Test func aPortThatIsTaken() throws {
    let first = try Listener(host: "127.0.0.1", port: 0)
    #expect(throws: TransportError.addressInUse("127.0.0.1:\(first.port)")) {
      _ = try Listener(host: "127.0.0.1", port: first.port)
    }
  }

  @Test func anInterruptWakesAccept() throws {
    let listener = try Listener(host: "127.0.0.1", port: 0)
    let interrupt = Interrupt()
    let accepted = Found<Bool>()
    let thread = try WorkerThread {
      let session = try? listener.accept(interrupt: interrupt)
      accepted.set(session != nil)
    }
    interrupt.trigger()
    thread.join()
    #expect(accepted.value == false)
  }

  @Test func closingWakesAcceptAndRefuses() throws {
    let listener = try Listener(host: "127.0.0.1", port: 0)
    let accepted = Found<Bool>()
    let thread = try WorkerThread {
      let session = try? listener.accept()
      accepted.set(session != nil)
    }
    listener.close()
    thread.join()
    #expect(accepted.value == false)
    #expect(throws: TransportError.refused(by: "127.0.0.1:\(listener.port)")) {
      _ = try Session.connect(to: listener.endpoint, deadline: soon)
    }
  }

  @Test func aSocketFileGoesWithItsListener() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("smtp.sock")
    do {
      let listener = try Listener(path: path)
      #expect(listener.endpoint == .unix(path: path))
      #expect(throws: TransportError.addressInUse("unix:\(path)")) { _ = try Listener(path: path) }
      #expect(FileManager.default.fileExists(atPath: path))
    }
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func aDeadSocketFileIsReplaced() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("smtp.sock")
    let first = try Listener(path: path)
    first.close()
    let second = try Listener(path: path)
    _ = try Session.connect(to: second.endpoint, deadline: soon)
  }
}
