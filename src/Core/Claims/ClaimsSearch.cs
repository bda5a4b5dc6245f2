using Entente.Core.Portfolio.Search;

namespace Entente.Core.Claims;

sealed class ClaimsSearchedKinds : SearchedKinds
{
    public override IReadOnlyList<SearchedKind> Kinds => [new(5, "claims", typeof(Claim), "topic", "topic_fr", ["value"], OnBodies: true)];
}
