using System.Text.Json;
using System.Text.Json.Serialization;
using Entente.Core.Evidence;
using Entente.Core.Kernel;
using Entente.Web.Shell;

namespace Entente.Web.Api;

/// <summary>How an outcome leaves the API: JSON as the command line prints it, or a problem (RFC 9457).</summary>
public static class ApiAnswers
{
    static readonly JsonSerializerOptions English = Make(Lang.En), French = Make(Lang.Fr);

    /// <summary>As the command line prints a figure: unknown values are null and never left out, sentences in the reader's language.</summary>
    public static JsonSerializerOptions Json(Reader reader) => reader.French ? French : English;

    static JsonSerializerOptions Make(Lang lang) => new(FigureJson.In(lang)) { WriteIndented = false, NumberHandling = JsonNumberHandling.Strict };

    public static IResult ToJson<T>(this Outcome<T> outcome, Reader reader) => outcome.ToJson(reader, value => value);

    public static IResult ToJson<T, TShape>(this Outcome<T> outcome, Reader reader, Func<T, TShape> shape) =>
        outcome.Refusal is { } refusal ? Problem(refusal, reader) : Results.Json(shape(outcome.Value), Json(reader));

    public static IResult Problem(Refusal refusal, Reader reader)
    {
        var status = Answers.Status(refusal.Kind);
        return Problem(status, Answers.Title(status), refusal.Message, refusal.Code, refusal.Field, reader);
    }

    public static IResult Problem(int status, Said title, Said detail, string code, string? field, Reader reader) => Results.Json(
        new Problem($"urn:entente:refusal:{code}", reader.Say(title), status, reader.Say(detail)) { Code = code, Field = field },
        Json(reader), Api.Problem.ContentType, status);
}
