using static Entente.Core.Portfolio.Column;

namespace Entente.Core.Portfolio.Agreements;

/// <summary>
/// The tables of agreements that a portfolio folder may hold. Approvals, amendments and documents are not among them: an approval
/// is the act of an account, and a document is more than a row.
/// </summary>
sealed class AgreementFiles : PortfolioFileSet
{
    public override IReadOnlyList<PortfolioFile> Files { get; } = [Signatures, Money, Shared, Suspensions];

    static PortfolioFile Signatures => PortfolioFiles.Fact<Signature>("signatures", new("Who signed an agreement.", "Qui a signé un accord."),
        [To("agreement", "agreements", true), To("side", "organisations", true), Must("signatory"), Text("office"), Date("date"), Text("place")],
        row => new Signature
        {
            Agreement = row.Must("agreement"), Side = row.Must("side"), Signatory = row.Must("signatory"), Office = row.Text("office"),
            Date = row.Date("date"), Place = row.Text("place"), Source = row.Source, Wording = row.Wording,
        });

    static PortfolioFile Money => PortfolioFiles.Fact<Money>("money", new("Budgets and spending, by side and year.", "Budgets et dépenses, par côté et par année."),
        [To("structure", "structures", true), To("side", "organisations", true), Number("year", true), Choice<MoneyKind>("kind"),
            Choice<MoneyCategory>("category"), new Column("amount", ColumnKind.Amount, true), Must("currency")],
        row => new Money
        {
            Structure = row.Must("structure"), Side = row.Must("side"), Year = row.Number("year")!.Value, Kind = row.Choice<MoneyKind>("kind"),
            Category = row.Choice<MoneyCategory>("category"), Amount = row.Amount("amount")!.Value, Currency = row.Must("currency"),
            Source = row.Source, Wording = row.Wording,
        },
        Counted);

    static Complaint? Counted(Row row) =>
        !IsCurrency(row.Must("currency"))
            ? new("currency", new("write the code of a currency, three capitals, such as EUR.", "écrivez le code d’une monnaie, trois capitales, comme EUR."))
            : row.Number("year") is < 1900 or > 2200
                ? new("year", new("write a year, such as 2026.", "écrivez une année, comme 2026."))
                : null;

    internal static bool IsCurrency(string text) => text.Length == 3 && text.All(char.IsAsciiLetterUpper);

    static PortfolioFile Shared => PortfolioFiles.Fact<Shared>("shared", new("Facilities, data and infrastructure shared.", "Équipements, données et infrastructures partagés."),
        [To("structure", "structures", true), Choice<SharedKind>("kind"), Must("name"), Text("name_fr"), To("side", "organisations"), Text("terms"), Text("terms_fr")],
        row => new Shared
        {
            Structure = row.Must("structure"), Kind = row.Choice<SharedKind>("kind"), Name = row.Must("name"), NameFr = row.Text("name_fr"),
            Side = row.Text("side"), Terms = row.Text("terms"), TermsFr = row.Text("terms_fr"), Source = row.Source, Wording = row.Wording,
        });

    static PortfolioFile Suspensions => PortfolioFiles.Fact<Suspension>("suspensions", new("When work is suspended, and by which side.", "Quand le travail est suspendu, et par quel côté."),
        [To("structure", "structures", true), To("side", "organisations", true), new Column("since", ColumnKind.Date, true), Date("until"), Must("reason"),
            Must("scope"), Text("resumed_why")],
        row => new Suspension
        {
            Structure = row.Must("structure"), Side = row.Must("side"), Since = row.Date("since")!.Value, Until = row.Date("until"),
            Reason = row.Must("reason"), Scope = row.Must("scope"), ResumedWhy = row.Text("resumed_why"), Source = row.Source, Wording = row.Wording,
        });
}
