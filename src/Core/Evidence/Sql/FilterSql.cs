namespace Entente.Core.Evidence.Sql;

/// <summary>The filters of a question in its query: the columns that they read, and the conditions.</summary>
static class FilterSql
{
    const string Topic = "regexp_extract(primary_topic.id, 'T?([0-9]+)$', 1)";

    /// <summary>Each topic where the newest record that has it places it.</summary>
    public const string Placed = $"""
        placed as ( -- where the newest record of a topic places it
          select {Topic} as topic, regexp_extract(primary_topic.subfield.id, '[0-9]+$') as subfield,
            regexp_extract(primary_topic.field.id, '[0-9]+$') as field, regexp_extract(primary_topic."domain".id, '[0-9]+$') as "domain"
          from work where {Topic} <> '' qualify row_number() over (partition by topic order by updated_date desc nulls last) = 1
        )
        """;

    /// <summary>The field of each work that may be counted; 0 where none is known.</summary>
    public const string FieldOf = $"""
        field_of as ( -- the field of each work; 0 where none is known
          select id as work, coalesce(try_cast(field as integer), 0) as field
          from (select id, {Topic} as topic from passing) left join placed using (topic)
        )
        """;

    /// <summary>Columns of the source beside those that every query reads, with their types.</summary>
    public static IEnumerable<(string Name, string Type)> Columns(Filters filters, bool placed = false)
    {
        if (filters.HasPlace || placed) yield return ("primary_topic", "STRUCT(id VARCHAR, subfield STRUCT(id VARCHAR), field STRUCT(id VARCHAR), \"domain\" STRUCT(id VARCHAR))");
        if (filters.Types is not null) yield return ("type", "VARCHAR");
        if (filters.Goal is not null) yield return ("sustainable_development_goals", "STRUCT(id VARCHAR)[]");
        if (filters.OpenAccess is not null) yield return ("open_access", "STRUCT(is_oa BOOLEAN)");
        if (filters.Corpus is not null) yield return ("is_xpac", "BOOLEAN");
        if (filters.Funder is null) yield break;
        yield return ("grants", "STRUCT(funder VARCHAR)[]");
        yield return ("awards", "STRUCT(funder_id VARCHAR)[]");
        yield return ("funders", "STRUCT(id VARCHAR)[]");
    }

    /// <summary>What each work must meet, beside years and retraction.</summary>
    public static IEnumerable<string> Conditions(Filters filters)
    {
        if (filters.HasPlace) yield return $"{Topic} in (select topic from placed where {string.Join(" and ", Places(filters))})";
        if (filters.Types is { } types) yield return $"coalesce(type, '') in ({string.Join(", ", types.Split(',').Select(Quoted))})";
        if (filters.Goal is { } goal) yield return $"coalesce(list_contains(list_transform(sustainable_development_goals, lambda g: regexp_extract(g.id, '[0-9]+$')), '{goal}'), false)";
        if (filters.OpenAccess is { } open) yield return $"{(open ? "" : "not ")}coalesce(open_access.is_oa, false)";
        if (filters.Corpus is { } corpus) yield return $"{(corpus == "expansion" ? "" : "not ")}coalesce(is_xpac, false)";
        if (filters.AuthorsMax is { } most) yield return $"coalesce(len(authorships), 0) <= {most} and not truncated";
        if (filters.Funder is { } funder)
            yield return $"({string.Join(" or ", new[] { ("grants", "funder"), ("awards", "funder_id"), ("funders", "id") }.Select(f => $"coalesce(list_contains(list_transform({f.Item1}, lambda f: regexp_extract(f.{f.Item2}, 'F[0-9]+$')), '{funder}'), false)"))})";
    }

    static IEnumerable<string> Places(Filters filters)
    {
        if (filters.Topic is { } topic) yield return $"topic = {Quoted(topic)}";
        if (filters.Subfield is { } subfield) yield return $"subfield = {Quoted(subfield)}";
        if (filters.Field is { } field) yield return $"field = {Quoted(field)}";
        if (filters.Domain is { } domain) yield return $"\"domain\" = {Quoted(domain)}";
    }

    static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
