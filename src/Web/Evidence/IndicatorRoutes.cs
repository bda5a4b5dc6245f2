using Entente.Core.Evidence;
using Entente.Web.Api;
using Entente.Web.Shell;

namespace Entente.Web.Evidence;

/// <summary>An indicator as the catalogue lists it, in the reader's language.</summary>
/// <param name="Takes">what it must be told, as options of the command line</param>
/// <param name="Variant">of several formulas that go by one name, which this is</param>
/// <param name="Nulls">when there is no value</param>
public sealed record IndicatorLine(
    string Key, int Version, string Name, string Family, string Unit, string Takes, string Meaning, string Definition, string Formula, string? Variant, string Range, string Nulls, string Bounds,
    IReadOnlyList<string> Caveats, IReadOnlyList<Counting> Countings, IReadOnlyList<Reference> Sources, string TestVector, string Example)
{
    public static IndicatorLine Of(Indicator i, Reader reader) => new(
        i.Key, i.Version, reader.Say(i.Name), FigureAddress.Word(i.Family), i.Unit, i.Takes, reader.Say(i.Meaning), reader.Say(i.Definition), i.Formula, i.Variant, reader.Say(i.Range),
        reader.Say(i.Nulls), reader.Say(i.Bounds), [.. i.Caveats.Select(reader.Say)], i.Countings, i.Sources, reader.Say(i.TestVector), i.Example);
}

/// <summary>The catalogue of indicators.</summary>
public static class IndicatorRoutes
{
    static readonly Listing<IndicatorLine> Columns = new(
        new("key", i => i.Key), new("version", i => i.Version), new("name", i => i.Name), new("family", i => i.Family), new("unit", i => i.Unit), new("takes", i => i.Takes),
        new("meaning", i => i.Meaning), new("definition", i => i.Definition), new("formula", i => i.Formula), new("variant", i => i.Variant), new("range", i => i.Range),
        new("nulls", i => i.Nulls), new("bounds", i => i.Bounds), new("caveats", i => i.Caveats), new("countings", i => i.Countings.Select(FigureAddress.Word)),
        new("testVector", i => i.TestVector), new("example", i => i.Example));

    public static void MapIndicators(this IEndpointRouteBuilder app)
    {
        app.MapGet("/indicators", () => Answers.Page<IndicatorsPage>());
        app.MapGet("/figures", () => Answers.Page<IndicatorsPage>());
        app.MapGet("/indicators/{key}", (string key) => Indicators.Find(key) is var found && found.Ok
            ? Answers.Page<IndicatorPage>(new { Indicator = found.Value }) : Answers.RefusalPage(found.Refusal!));
        app.MapGet("/api/v1/indicators", List)
            .Lists<IndicatorLine>("listIndicators", new("The catalogue of indicators: what each counts, exactly, and what it rests on.", "Le catalogue des indicateurs : ce que chacun compte, exactement, et sur quoi il repose."), "/api/v1/indicators");
        app.MapGet("/api/v1/figures", List)
            .Lists<IndicatorLine>("listFigures", new("The same catalogue, beside the figures that it defines.", "Le même catalogue, à côté des chiffres qu’il définit."), "/api/v1/figures");
        app.MapGet("/api/v1/indicators/{key}", (Reader reader, string key) => Indicators.Find(key).ToJson(reader, i => IndicatorLine.Of(i, reader)))
            .Answers<IndicatorLine>("getIndicator", new("One indicator of the catalogue.", "Un indicateur du catalogue."), "/api/v1/indicators/salton");
    }

    static IResult List(Reader reader, [AsParameters] ListQuery list) => Columns.Answer(Indicators.All.Select(i => IndicatorLine.Of(i, reader)), list, reader, "entente-indicators");
}
