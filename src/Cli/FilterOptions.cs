using System.CommandLine;
using Entente.Core.Evidence;

namespace Entente.Cli;

/// <summary>Which works a question looks at, on the command line.</summary>
sealed class FilterOptions
{
    readonly Option<string> _topic = Verb.Option<string>("--topic", "T", new("Works of one topic, by OpenAlex number or name", "Les publications d’un sujet, par numéro OpenAlex ou nom"));
    readonly Option<string> _subfield = Verb.Option<string>("--subfield", "S", new("Works of one subfield, by number or name", "Les publications d’un sous-champ, par numéro ou nom"));
    readonly Option<string> _field = Verb.Option<string>("--field", "F", new("Works of one field, by number or name", "Les publications d’un champ, par numéro ou nom"));
    readonly Option<string> _domain = Verb.Option<string>("--domain", "D", new("Works of one domain, by number or name", "Les publications d’un domaine, par numéro ou nom"));
    readonly Option<string> _type = Verb.Option<string>("--type", "T,...", new("Works of these types, such as article,review", "Les publications de ces types, comme article,review"));
    readonly Option<string> _goal = Verb.Option<string>("--goal", "N", new("Works labelled with one of the seventeen goals", "Les publications étiquetées d’un des dix-sept objectifs"));
    readonly Option<string> _funder = Verb.Option<string>("--funder", "F123", new("Works that name a funder, by its OpenAlex id", "Les publications qui nomment un financeur, par son identifiant OpenAlex"));
    readonly Option<string> _access = Verb.Option<string>("--open-access", "yes|no", new("Works in open access, or the others", "Les publications en accès ouvert, ou les autres"));
    readonly Option<string> _corpus = Verb.Option<string>("--corpus", "C", new("all (default), core, or expansion: what OpenAlex added in 2025", "all (par défaut), core, ou expansion\u202F: ce qu’OpenAlex ajouta en 2025"));
    readonly Option<string> _most = Verb.Option<string>("--authors-max", "N", new("Leave out works with more authors", "Écarter les publications de plus d’auteurs"));
    readonly Option<bool> _retracted = Verb.Flag("--with-retracted", new("Count retracted works too", "Compter aussi les publications rétractées"));

    public IReadOnlyList<Symbol> All => [_topic, _subfield, _field, _domain, _type, _goal, _funder, _access, _corpus, _most, _retracted];

    public FilterWords Words(ParseResult line) => new()
    {
        Topic = line.GetValue(_topic), Subfield = line.GetValue(_subfield), Field = line.GetValue(_field), Domain = line.GetValue(_domain), Type = line.GetValue(_type),
        Goal = line.GetValue(_goal), Funder = line.GetValue(_funder), OpenAccess = line.GetValue(_access), Corpus = line.GetValue(_corpus),
        AuthorsMax = line.GetValue(_most), WithRetracted = line.GetValue(_retracted),
    };
}
