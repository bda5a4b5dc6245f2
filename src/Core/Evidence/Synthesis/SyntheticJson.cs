using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Entente.Core.Evidence.Synthesis;

/// <summary>Writes an invented work as one line of JSON, as OpenAlex lays a work out, straight to UTF-8.</summary>
sealed class SyntheticJson(SyntheticWorld world, ulong seed)
{
    /// <summary>Invented works and authors are numbered from here; the numbers of real ones end below half of it.</summary>
    public const long FirstId = 9_900_000_000;

    byte[] _text = new byte[1 << 16];
    int _length;

    readonly byte[][] _fields = [.. world.Data.Fields.Select(field => Encoding.UTF8.GetBytes(
        $$$""","field":{"id":"https://openalex.org/fields/{{{field.Id}}}","display_name":"{{{field.Name}}}"},"domain":{"id":"https://openalex.org/domains/{{{field.Domain}}}","display_name":"{{{field.DomainName}}}"}}"""))];

    public ReadOnlySpan<byte> Write(SyntheticWork work)
    {
        _length = 0;
        Identity(work);
        Authorships(work);
        Judgements(work);
        Subjects(work);
        Put("\"updated_date\":\"2026-06-30T00:00:00.000000\",\"is_synthetic\":true}\n"u8);
        return _text.AsSpan(0, _length);
    }

    void Identity(SyntheticWork work)
    {
        Put("{\"id\":\"https://openalex.org/W"u8);
        Put(FirstId + work.Number);
        Put("\",\"doi\":\"https://doi.org/10.5555/synthetic."u8);
        Put((long)seed);
        Put("."u8);
        Put(work.Number);
        Put("\",\"title\":\"Synthetic work "u8);
        Put(work.Number, 'D', 6);
        Put("\",\"display_name\":\"Synthetic work "u8);
        Put(work.Number, 'D', 6);
        Put("\",\"publication_year\":"u8);
        Put(work.Year);
        Put(",\"publication_date\":\""u8);
        Put(work.Year);
        Put("-"u8);
        // Months of 31 days would need a calendar; 28 days a month serve as well for an invented date.
        Put(1 + work.Day * 12 / 365, 'D', 2);
        Put("-"u8);
        Put(1 + work.Day % 28, 'D', 2);
        Put("\",\"language\":\"en\",\"type\":\""u8);
        Put(work.Type);
        Put("\","u8);
    }

    void Authorships(SyntheticWork work)
    {
        Put("\"authorships\":["u8);
        for (var author = 0; author < work.AuthorEnds.Count; author++)
        {
            var first = author == 0 ? 0 : work.AuthorEnds[author - 1];
            Put(author == 0 ? "{\"author_position\":\"first\",\"author\":{\"id\":\"https://openalex.org/A"u8
                : author == work.AuthorEnds.Count - 1 ? ",{\"author_position\":\"last\",\"author\":{\"id\":\"https://openalex.org/A"u8
                : ",{\"author_position\":\"middle\",\"author\":{\"id\":\"https://openalex.org/A"u8);
            Put(FirstId + work.Authors[author]);
            Put("\",\"display_name\":\"Synthetic Author "u8);
            Put(work.Authors[author]);
            Put("\",\"orcid\":null},\"institutions\":["u8);
            for (var i = first; i < work.AuthorEnds[author]; i++)
            {
                if (i > first) Put(","u8);
                var organisation = world[work.Organisations[i]];
                Put(work.WithoutLineage ? organisation.JsonWithoutLineage : organisation.Json);
            }
            Put(author == 0 ? "],\"is_corresponding\":true}"u8 : "],\"is_corresponding\":false}"u8);
        }
        Put("],"u8);
        if (work.Truncated && work.SaysTruncated) Put("\"is_authors_truncated\":true,"u8);
    }

    void Judgements(SyntheticWork work)
    {
        Put("\"fwci\":"u8);
        if (work.Impact is { } score)
        {
            Put(Math.Exp(1.1 * score - 0.6), 4);
            Put(",\"citation_normalized_percentile\":{\"value\":"u8);
            Put(1 / (1 + Math.Exp(-1.702 * score)), 6);
            Put(",\"is_in_top_1_percent\":"u8);
            Put(score > 2.3263);
            Put(",\"is_in_top_10_percent\":"u8);
            Put(score > 1.2816);
            Put("}"u8);
        }
        else
        {
            Put("null,\"citation_normalized_percentile\":null"u8);
        }
        Put(",\"cited_by_count\":"u8);
        Put(work.Citations);
        Put(",\"is_retracted\":"u8);
        Put(work.Retracted);
        Put(",\"is_paratext\":"u8);
        Put(work.Paratext);
        Put(",\"open_access\":{\"is_oa\":"u8);
        Put(work.OpenAccess);
        Put(work.OpenAccess ? ",\"oa_status\":\"gold\"},"u8 : ",\"oa_status\":\"closed\"},"u8);
    }

    void Subjects(SyntheticWork work)
    {
        if (work.Field < 0)
        {
            Put("\"primary_topic\":null,"u8);
        }
        else
        {
            Put("\"primary_topic\":{\"id\":\"https://openalex.org/T"u8);
            Put(work.Topic);
            Put("\",\"display_name\":\"Synthetic topic "u8);
            Put(work.Topic);
            Put("\",\"score\":0.99"u8);
            Put(_fields[work.Field]);
            Put(","u8);
        }
        // The source writes the ids of the goals in two ways; so do we.
        Put(work.Goal == 0 ? "\"sustainable_development_goals\":["u8
            : (work.Number & 1) == 0 ? "\"sustainable_development_goals\":[{\"id\":\"https://metadata.un.org/sdg/"u8
            : "\"sustainable_development_goals\":[{\"id\":\"https://openalex.org/sdgs/"u8);
        if (work.Goal != 0)
        {
            Put(work.Goal);
            Put("\",\"score\":0.7}"u8);
        }
        Put("],"u8);
    }

    Span<byte> Room(int bytes)
    {
        if (_text.Length - _length < bytes) Array.Resize(ref _text, Math.Max(_text.Length * 2, _length + bytes));
        return _text.AsSpan(_length);
    }

    void Put(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(Room(utf8.Length));
        _length += utf8.Length;
    }

    void Put(string ascii) => _length += Encoding.UTF8.GetBytes(ascii, Room(ascii.Length * 3));

    void Put(bool value) => Put(value ? "true"u8 : "false"u8);

    void Put(long value, char format = 'D', byte digits = 1)
    {
        Utf8Formatter.TryFormat(value, Room(24), out var written, new(format, digits));
        _length += written;
    }

    void Put(double value, int decimals)
    {
        // Rounded, so that the last bit of a machine's exponential does not show.
        Math.Round(value, decimals).TryFormat(Room(32), out var written, "0.######", CultureInfo.InvariantCulture);
        _length += written;
    }
}
