using static Entente.Core.Portfolio.Column;

namespace Entente.Core.Portfolio.Deadlines;

/// <summary>The table of deadlines that people entered.</summary>
sealed class DeadlineFiles : PortfolioFileSet
{
    public override IReadOnlyList<PortfolioFile> Files { get; } =
    [
        PortfolioFiles.Fact<Deadline>("deadlines", new("What must be done by when.", "Ce qui doit être fait, et pour quand."),
            [Key(), To("structure", "structures"), To("agreement", "agreements"), Choice<DeadlineKind>("kind"), Must("title"), Text("title_fr"),
                new Column("due", ColumnKind.Date, true), Number("lead_days"), To("side", "organisations"), Date("done"), Text("done_by")],
            row => new Deadline
            {
                Key = row.Must("key"), Structure = row.Text("structure"), Agreement = row.Text("agreement"), Kind = row.Choice<DeadlineKind>("kind"),
                Title = row.Must("title"), TitleFr = row.Text("title_fr"), Due = row.Date("due")!.Value, LeadDays = row.Number("lead_days"),
                Side = row.Text("side"), Done = row.Date("done"), DoneBy = row.Text("done_by"), Source = row.Source, Wording = row.Wording,
            },
            row => row.Text("structure") is null == row.Text("agreement") is null
                ? new("structure", new("name either a structure or an agreement, not both.", "nommez soit une structure, soit un accord, pas les deux."))
                : row.Text("done_by") is not null && row.Text("done") is null
                    ? new("done", new("say when it was done, since done_by says by whom.", "dites quand cela a été fait, puisque done_by dit par qui."))
                    : null),
    ];
}
