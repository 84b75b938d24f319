import Testing

@testable import Slurm

@Suite struct SlurmClusterTests {
  @Test func aValueOfTheConfigurationIsFound() {
    let text = "AuthType                = auth/munge\nMaxArraySize            = 1001\nMaxJobCount = 10000\n"
    #expect(SlurmCluster.value("MaxArraySize", in: text) == "1001")
    #expect(SlurmCluster.value("MaxArray", in: text) == nil)
  }

  @Test func arraysAndOtherJobsOfTheQueueAreTold() {
    let live = SlurmCluster.live("12 0\n12 3\n15 N/A\n\n")
    #expect(live == [.init(job: 12, index: 0), .init(job: 12, index: 3), .init(job: 15, index: nil)])
  }
}

@Suite struct SubmissionTests {
  @Test func noIndexReachesTheClustersLargest() {
    let arrays = Submission.arrays([0, 1, 5, 6, 13], size: 5)
    #expect(arrays.map(\.first) == [0, 5, 10])
    #expect(arrays.map(\.indices) == [[0, 1], [0, 1], [3]])
    #expect(Submission.arrays([], size: 5).isEmpty)
  }
}
