namespace Entente.Core.Accounts.Personal;

/// <summary>
/// Every other column with text. In free texts somebody may have named a person: when that person is erased, the name is replaced there.
/// A new column with text belongs in one of the two lists, or in <see cref="PersonalData"/> where it is kept about people.
/// </summary>
public static class PersonalTexts
{
    /// <summary>Texts that people write, table by table.</summary>
    public static IReadOnlyDictionary<string, string[]> Free { get; } = Columns("""
        source title publisher date_note date_note_fr url
        organisation wording
        organisation_name wording
        identifier wording
        instrument description description_fr wording
        label wording
        rule value value_fr wording
        structure wording
        act what what_fr name_then wording
        agreement title title_fr terms terms_fr ended_why wording
        party wording
        site wording
        belonging wording
        theme text text_fr wording
        fact text text_fr wording
        note topic text text_fr wording
        signature place wording
        money wording
        shared name name_fr terms terms_fr wording
        suspension reason resumed_why wording
        succession wording
        goal wording
        citation subject wording
        deadline title title_fr done_by wording
        amendment reason
        approval subject
        document title subject
        contest subject finding quoted reason
        settlement subject accepted reason
        claim topic topic_fr text text_fr programme withdrawn_why wording
        setting value
        mail_server account sender name
        job outcome
        """);

    /// <summary>Keys, codes, dates, choices, names of bodies and things: they tell of no person, and are left as they are.</summary>
    public static IReadOnlyDictionary<string, string[]> Impersonal { get; } = Columns("""
        source key kind date known_by retrieved audience
        organisation key kind name name_fr short ror country parent source audience
        organisation_name organisation name kind since until source audience
        identifier organisation structure scheme value source audience
        instrument key code issuers family name name_fr source audience
        label instrument code name name_fr since until source audience
        rule issuer institute instrument field unit since until source audience
        structure key instrument name name_fr long_name country source audience
        person source audience
        person_role structure kind side affiliation since until source audience
        act structure event date until date_kind instrument label source audience
        agreement key structure event replaces starts ends ended source audience
        party structure organisation role name_then event since until agreement source audience
        site structure kind name name_fr organisation country since until source audience
        belonging structure centre since until source audience
        theme structure kind source audience
        fact structure field date source audience
        note structure organisation source audience
        signature agreement side date source audience
        money structure side kind category amount currency source audience
        shared structure kind side source audience
        suspension structure side since until scope source audience
        succession structure successor kind date source audience
        goal structure source audience
        citation field source audience
        deadline key structure agreement kind due side done source audience
        amendment agreement at state audience
        approval side hash at withdrawn audience
        document media_type sha256 at audience
        document_content sha256
        contest at audience
        settlement field at audience
        claim key organisations institute structure instrument country measure value unit kind period data counting numerator figure withdrawn source audience
        account created closed
        role_grant role side scope
        account_login login_provider
        account_token login_provider name
        session method created last_seen expires
        sign_in_attempt at
        invitation kind role side scope made expires used withdrawn
        protection_key name xml made
        message lang state made next_try message_id node claimed settled
        intake sha256 mapping state made ended
        intake_shape shape mapping
        calendar_feed lang made last_read withdrawn
        reminder every lang
        mail_server host security password pin site
        job name last_day last_run node lease
        setting name
        journal at verb salt content_hash changes_hash hash erased_at
        journal_change table_name audience salt hash erased_at
        journal_head hash
        """);

    static Dictionary<string, string[]> Columns(string lines) => lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Trim().Split(' ')).ToDictionary(words => words[0], words => words[1..], StringComparer.Ordinal);
}
