using System.Text;
using System.Text.Json;
using Entente.Core.Kernel;
using Entente.Engine.Works;

namespace Entente.Core.Evidence.OpenAlex;

/// <summary>What was found at the start of a text.</summary>
enum Found
{
    /// <summary>A work, in <see cref="WorkJson.Work"/>.</summary>
    Work,
    /// <summary>A whole JSON value that is not a work, or not a sound one; <see cref="WorkJson.Reason"/> says why.</summary>
    Other,
    /// <summary>The head of an API page: what follows are its results.</summary>
    Page,
    /// <summary>The text breaks off inside a value.</summary>
    Cut,
    /// <summary>Not JSON.</summary>
    Broken,
}

/// <summary>
/// Reads one work from JSON, in any of the shapes that OpenAlex has had, as data/coverage/openalex.csv lists them. Fields that counts depend on
/// must have their type, or be null or missing; of the others, a value of another type counts as unknown.
/// </summary>
sealed class WorkJson(WorksWriter writer)
{
    /// <summary>The vocabulary has some twenty; a text that gives thousands is not giving types.</summary>
    const int MostTypes = 10_000;

    /// <summary>A listing stands in four brackets of its record, which may have 64.</summary>
    static readonly JsonReaderOptions ListingOptions = new() { MaxDepth = 60 };

    readonly UnitCache _units = new();
    WorkScan? _scan;
    readonly Dictionary<ulong, string> _types = [];
    readonly List<long> _lineage = [];
    string? _wrong, _displayName;
    bool _hasId;

    public WorkRecord Work { get; } = new();

    public TopicJson Topics { get; } = new(writer);

    /// <summary>The scanner that leaves to this reader what it doubts.</summary>
    public WorkScan Scan => _scan ??= new(this);

    /// <summary>Why the last value was not a work, or not JSON.</summary>
    public Said Reason { get; set; }

    /// <summary>The first OpenAlex or ROR id seen that is not a work's: what the file may be instead.</summary>
    public string? ForeignId { get; set; }

    /// <param name="pages">whether an object with "results" may be an API page here</param>
    /// <param name="consumed">how many bytes the value takes; for a page, up to its first result</param>
    public Found Read(ReadOnlySpan<byte> text, bool pages, out int consumed)
    {
        Work.Clear();
        (_wrong, _displayName, _hasId) = (null, null, false);
        var reader = new Utf8JsonReader(text, isFinalBlock: false, state: default);
        try
        {
            var found = ReadObject(ref reader, text, pages);
            consumed = (int)reader.BytesConsumed;
            return found == Found.Work ? Judge(text[..consumed]) : found;
        }
        catch (JsonException error)
        {
            consumed = 0;
            var (line, at) = (error.LineNumber + 1, error.BytePositionInLine + 1);
            Reason = line == 1
                ? new($"It is not JSON: see byte {at} of the line.", $"Ce n’est pas du JSON\u202F: voir l’octet {at} de la ligne.")
                : new($"It is not JSON: see byte {at} of line {line} of the record.", $"Ce n’est pas du JSON\u202F: voir l’octet {at} de la ligne {line} de l’enregistrement.");
            return Found.Broken;
        }
    }

    Found Judge(ReadOnlySpan<byte> record)
    {
        if (!System.Text.Unicode.Utf8.IsValid(record))
            return Not(new("It is not valid UTF-8.", "Ce n’est pas de l’UTF-8 valide."));
        if (!_hasId) return Not(new("It has no id.", "Il n’a pas d’identifiant (id)."));
        if (_wrong is { } field)
            return Not(new($"The value of {field} is not of its type.", $"La valeur de {field} n’est pas du bon type."));
        if (Work.AuthorEnds.Count == 100) Work.Flags |= WorkFlags.Truncated;
        if (!Work.HasTitle) Work.Title = _displayName;
        Work.Hash = Hash64.Of(record);
        return Found.Work;
    }

    Found Not(Said reason)
    {
        Reason = reason;
        return Found.Other;
    }

    Found ReadObject(ref Utf8JsonReader reader, ReadOnlySpan<byte> text, bool pages)
    {
        if (!reader.Read()) return Found.Cut;
        if (reader.TokenType != JsonTokenType.StartObject)
            return reader.TrySkip() ? Not(new("It is not a JSON object.", "Ce n’est pas un objet JSON.")) : Found.Cut;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject) return Found.Work;
            var field = WorkFields.Of(ref reader);
            if (!reader.Read()) return Found.Cut;
            if (field == WorkField.Results && pages && !_hasId && reader.TokenType == JsonTokenType.StartArray) return Found.Page;
            if (!ReadField(field, ref reader, text)) return Found.Cut;
        }
        return Found.Cut;
    }

    /// <summary>Takes in one field and passes its value; false where the text breaks off.</summary>
    bool ReadField(WorkField field, ref Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        switch (field)
        {
            case WorkField.Id: ReadId(ref reader); break;
            case WorkField.Year: ReadYear(ref reader); break;
            case WorkField.Title: Work.Title = reader.Text(); break;
            case WorkField.DisplayName: _displayName = reader.Text(); break;
            case WorkField.Doi: Work.Doi = WithoutAddress(reader.Text()); break;
            case WorkField.Type: Work.Type = TypeOf(ref reader); break;
            case WorkField.Citations: Work.Citations = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var n) && n > 0 ? n : 0; break;
            case WorkField.Fwci: Work.Fwci = reader.TokenType == JsonTokenType.Number && reader.TryGetSingle(out var f) ? f : float.NaN; break;
            case WorkField.Retracted: ReadFlag(ref reader, WorkFlags.Retracted, "is_retracted"); break;
            case WorkField.Paratext: ReadFlag(ref reader, WorkFlags.Paratext, "is_paratext"); break;
            case WorkField.Truncated: ReadFlag(ref reader, WorkFlags.Truncated, "is_authors_truncated"); break;
            case WorkField.Expansion: ReadFlag(ref reader, WorkFlags.Expansion, null); break;
            case WorkField.Synthetic: ReadFlag(ref reader, WorkFlags.Synthetic, "is_synthetic"); break;
            case WorkField.Updated: Work.Updated = WorkFields.Ticks(ref reader); break;
            case WorkField.OpenAccess: return ReadFlags(ref reader, "is_oa"u8, WorkFlags.OpenAccess, default, default);
            case WorkField.Percentile: return ReadFlags(ref reader, "is_in_top_10_percent"u8, WorkFlags.TopTenPercent, "is_in_top_1_percent"u8, WorkFlags.TopOnePercent);
            case WorkField.Topic: return Topics.Read(ref reader, Work);
            case WorkField.Goals: return ReadGoals(ref reader);
            case WorkField.Grants: return ReadFunders(ref reader, "funder"u8);
            case WorkField.Awards: return ReadFunders(ref reader, "funder_id"u8);
            case WorkField.Funders: return ReadFunders(ref reader, "id"u8);
            case WorkField.Authorships: return ReadAuthorships(ref reader, text);
            case WorkField.Results or WorkField.Other: break;
        }
        return reader.TrySkip();
    }

    void ReadId(ref Utf8JsonReader reader)
    {
        _hasId = reader.TokenType != JsonTokenType.Null;
        Work.Id = reader.OpenAlexId('W');
        if (Work.Id != 0 || !_hasId) return;
        _wrong ??= "id";
        if (reader.TokenType == JsonTokenType.String) ForeignId ??= reader.Text();
    }

    void ReadYear(ref Utf8JsonReader reader)
    {
        Work.Year = 0;
        if (reader.TokenType == JsonTokenType.Null) return;
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var year) && year is > 0 and <= 9999) Work.Year = year;
        else _wrong ??= "publication_year";
    }

    // A flag whose name is given must be true, false or null, since counts depend on it.
    void ReadFlag(ref Utf8JsonReader reader, WorkFlags flag, string? name)
    {
        Work.Flags &= ~flag;
        if (reader.TokenType == JsonTokenType.True) Work.Flags |= flag;
        else if (reader.TokenType is not (JsonTokenType.False or JsonTokenType.Null) && name is not null) _wrong ??= name;
    }

    bool ReadFlags(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, WorkFlags flag, ReadOnlySpan<byte> otherName, WorkFlags otherFlag)
    {
        Work.Flags &= ~(flag | otherFlag);
        if (reader.TokenType != JsonTokenType.StartObject) return reader.TrySkip();
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject) return true;
            var meant = reader.IsNamed(name) ? flag : otherName.Length > 0 && reader.IsNamed(otherName) ? otherFlag : WorkFlags.None;
            if (!reader.Read()) return false;
            if (reader.TokenType == JsonTokenType.True) Work.Flags |= meant;
            if (!reader.TrySkip()) return false;
        }
        return false;
    }

    bool ReadGoals(ref Utf8JsonReader reader)
    {
        Work.Goals = 0;
        if (reader.TokenType != JsonTokenType.StartArray) return reader.TrySkip();
        var depth = reader.CurrentDepth;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndArray && reader.CurrentDepth == depth) return true;
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != depth + 2 || !reader.IsNamed("id"u8)) continue;
            if (!reader.Read()) return false;
            if (reader.TokenType != JsonTokenType.String || reader.LastSegment() is not { Length: > 0 } goal) continue;
            if (JsonText.Digits(goal) is var number and >= 1 and <= 17) Work.Goals |= 1u << (int)(number - 1);
        }
        return false;
    }

    // grants[].funder until 2025, then awards[].funder_id and funders[].id: whoever any of them names funded the work.
    bool ReadFunders(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        if (reader.TokenType != JsonTokenType.StartArray) return reader.TrySkip();
        var depth = reader.CurrentDepth;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndArray && reader.CurrentDepth == depth) return true;
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != depth + 2 || !reader.IsNamed(name)) continue;
            if (!reader.Read()) return false;
            if (reader.OpenAlexId('F') is var funder and > 0) Work.Funders.Add(funder);
        }
        return false;
    }

    bool ReadAuthorships(ref Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        Work.Units.Clear();
        Work.AuthorEnds.Clear();
        if (!Opens(ref reader, JsonTokenType.StartArray, "authorships")) return reader.TrySkip();
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndArray) return true;
            if (!ReadAuthorship(ref reader, text)) return false;
            Work.AuthorEnds.Add(Work.Units.Count);
        }
        return false;
    }

    bool ReadAuthorship(ref Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        if (!Opens(ref reader, JsonTokenType.StartObject, "authorships[]")) return reader.TrySkip();
        var first = Work.Units.Count;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject) return true;
            var institutions = reader.IsNamed("institutions"u8);
            if (!reader.Read()) return false;
            if (!institutions)
            {
                if (!reader.TrySkip()) return false;
                continue;
            }
            Work.Units.RemoveRange(first, Work.Units.Count - first);
            if (!ReadInstitutions(ref reader, text)) return false;
        }
        return false;
    }

    bool ReadInstitutions(ref Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        if (!Opens(ref reader, JsonTokenType.StartArray, "authorships[].institutions")) return reader.TrySkip();
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndArray) return true;
            if (reader.TokenType != JsonTokenType.StartObject && reader.TokenType != JsonTokenType.Null) _wrong ??= "authorships[].institutions[]";
            var start = (int)reader.TokenStartIndex;
            var listed = reader.TokenType == JsonTokenType.StartObject;
            if (!reader.TrySkip()) return false;
            if (listed && UnitOf(text[start..(int)reader.BytesConsumed]) is var unit and >= 0) Work.Units.Add(unit);
        }
        return false;
    }

    /// <summary>The number of the unit that a listing names; -1 where it names nothing at all. Not sound where a field of it has another type.</summary>
    public int UnitOf(ReadOnlySpan<byte> listing, out bool sound)
    {
        var wrong = _wrong;
        _wrong = null;
        var unit = UnitOf(listing);
        sound = _wrong is null;
        _wrong = wrong;
        return unit;
    }

    int UnitOf(ReadOnlySpan<byte> listing)
    {
        var hash = Hash64.Of(listing);
        if (_units.TryFind(listing, hash, out var unit)) return unit;
        var wrong = _wrong;
        _wrong = null;
        unit = Intern(listing);
        // A listing with a wrong type must be seen again each time it comes.
        if (_wrong is null) _units.Add(listing, hash, unit);
        _wrong = wrong ?? _wrong;
        return unit;
    }

    int Intern(ReadOnlySpan<byte> listing)
    {
        long id = 0;
        string? ror = null, country = null, type = null, name = null;
        _lineage.Clear();
        var reader = new Utf8JsonReader(listing, ListingOptions);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = WorkFields.OfInstitution(ref reader);
            reader.Read();
            switch (field)
            {
                case InstitutionField.Id when IsText(ref reader, "id"): id = reader.OpenAlexId('I'); break;
                case InstitutionField.Ror when IsText(ref reader, "ror"): ror = RorId.Parse(reader.Text()); break;
                case InstitutionField.Country when IsText(ref reader, "country_code"): country = reader.Text(); break;
                case InstitutionField.Type: type = reader.Text(); break;
                case InstitutionField.Name: name = reader.Text(); break;
                case InstitutionField.Lineage: ReadLineage(ref reader); break;
                default: break;
            }
            reader.Skip();
        }
        return id == 0 && ror is null && country is null && name is null ? -1
            : writer.Intern(id, ror, country, type, name, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_lineage));
    }

    void ReadLineage(ref Utf8JsonReader reader)
    {
        _lineage.Clear();
        if (!Opens(ref reader, JsonTokenType.StartArray, "authorships[].institutions[].lineage")) return;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (IsText(ref reader, "lineage[]") && reader.OpenAlexId('I') is var id and > 0) _lineage.Add(id);
            reader.Skip();
        }
    }

    // Null stands for missing everywhere; any other type than the one that the format gives is told, never guessed.
    bool Opens(ref Utf8JsonReader reader, JsonTokenType type, string field)
    {
        if (reader.TokenType != type && reader.TokenType != JsonTokenType.Null) _wrong ??= field;
        return reader.TokenType == type;
    }

    bool IsText(ref Utf8JsonReader reader, string field) => Opens(ref reader, JsonTokenType.String, $"authorships[].institutions[].{field}");

    string? TypeOf(ref Utf8JsonReader reader) =>
        reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped || reader.ValueSpan.Length > 64 ? null : TypeOf(reader.ValueSpan);

    /// <summary>Few types there are, so each is one string for the whole import; null beyond what can be types.</summary>
    public string? TypeOf(ReadOnlySpan<byte> type)
    {
        var hash = Hash64.Of(type);
        if (_types.TryGetValue(hash, out var known) && (Ascii.Equals(type, known) || Encoding.UTF8.GetString(type) == known)) return known;
        return _types.Count < MostTypes ? _types[hash] = Encoding.UTF8.GetString(type) : null;
    }

    public static string? WithoutAddress(string? doi)
    {
        const string Address = "doi.org/";
        var at = doi?.IndexOf(Address, StringComparison.OrdinalIgnoreCase) ?? -1;
        return at < 0 ? doi : doi![(at + Address.Length)..];
    }
}
