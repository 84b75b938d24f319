import Testing

import Pages

@Suite struct FiguresTests {
  @Test func numbersAreGroupedAndSharesRounded() {
    #expect(
      [0, 7, 999, 1000, -1234, 10_240_000].map(Figures.number) == ["0", "7", "999", "1,000", "-1,234", "10,240,000"])
    #expect(Figures.number(Int.min) == "-9,223,372,036,854,775,808")
    #expect(Figures.percent(1, of: 8) == "12.50 %" && Figures.percent(1, of: 0) == "–")
    #expect(Figures.percent(0.0699300699) == "6.99 %" && Figures.percent(1) == "100.00 %")
    #expect(Figures.percent(.nan) == "–" && Figures.percent(.infinity) == "–")
  }

  @Test func ratesAreInAThousand() {
    #expect(Figures.perThousand(5, of: 4000) == "1.25" && Figures.perThousand(3, of: 2) == "1,500.00")
    #expect(Figures.perThousand(1, of: 0) == "–")
  }
}
