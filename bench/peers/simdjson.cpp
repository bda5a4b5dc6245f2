// Takes from each line of works what Entente's scanner takes, with simdjson's on-demand reader, and prints
// the median seconds of a pass and sums over all that was taken. Arguments: a file of JSON Lines, and how many passes.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>
#include <simdjson.h>

using namespace simdjson;

struct Sums { long works, ids, years, topics, citations; double impact; long flags, goals, authors, units, funders; };

// A key as it stands in the text: no key here is escaped, and unescaping would copy each.
template <class Field> static std::string_view name_of(Field& field) {
    const char* start = field.key().value_unsafe().raw();
    return {start, size_t(static_cast<const char*>(memchr(start, '"', 64)) - start)};
}

static long last_number(std::string_view id, char kind) {
    auto slash = id.rfind('/');
    auto part = slash == std::string_view::npos ? id : id.substr(slash + 1);
    if (kind) { if (part.size() < 2 || (part[0] | 32) != (kind | 32)) return 0; part.remove_prefix(1); }
    if (part.empty() || part[0] == '0') return 0;
    long n = 0;
    for (char c : part) { if (c < '0' || c > '9') return 0; n = n * 10 + (c - '0'); }
    return n;
}

static long text_number(ondemand::value v, char kind) {
    std::string_view s;
    return v.get_string().get(s) ? 0 : last_number(s, kind);
}

static bool truth(ondemand::value v) { bool b; return !v.get_bool().get(b) && b; }

static long keep = 0; // what is taken and not summed must not be left out by the compiler

static void funders(ondemand::value v, std::string_view field, std::vector<long>& all) {
    ondemand::array a;
    if (v.get_array().get(a)) return;
    for (auto item : a) { ondemand::object o; if (item.get_object().get(o)) continue;
        for (auto f : o) if (name_of(f) == field) { long n = text_number(f.value(), 'F'); if (n) all.push_back(n); } }
}

static void authorships(ondemand::value v, Sums& w, long& authors) {
    ondemand::array a;
    if (v.get_array().get(a)) return;
    for (auto item : a) { authors++; ondemand::object o; if (item.get_object().get(o)) continue;
        for (auto f : o) { if (name_of(f) != "institutions") continue;
            ondemand::array list; if (f.value().get_array().get(list)) continue;
            for (auto unit : list) { ondemand::object u; if (unit.get_object().get(u)) continue;
                for (auto g : u) { std::string_view key = name_of(g);
                    if (key == "id") w.units += text_number(g.value(), 'I');
                    else if (key == "ror" || key == "country_code" || key == "display_name") { std::string_view s; if (!g.value().get_string().get(s)) keep += s.size(); }
                    else if (key == "lineage") { ondemand::array l; if (!g.value().get_array().get(l)) for (auto x : l) keep += text_number(x.value(), 'I'); }
                } } } }
}

static void flags(ondemand::value v, std::string_view a, long fa, std::string_view b, long fb, long& all) {
    ondemand::object o; if (v.get_object().get(o)) return;
    for (auto f : o) { std::string_view key = name_of(f); if (key == a) { if (truth(f.value())) all |= fa; } else if (!b.empty() && key == b) { if (truth(f.value())) all |= fb; } }
}

static void topic(ondemand::value v, Sums& w) {
    ondemand::object o; if (v.get_object().get(o)) return;
    for (auto f : o) { std::string_view key = name_of(f);
        if (key == "id") w.topics += text_number(f.value(), 'T');
        else if (key == "display_name") { std::string_view s; if (!f.value().get_string().get(s)) keep += s.size(); }
        else if (key == "subfield" || key == "field" || key == "domain") { ondemand::object p; if (f.value().get_object().get(p)) continue;
            for (auto g : p) { std::string_view k = name_of(g); if (k == "id") keep += text_number(g.value(), 0); else if (k == "display_name") { std::string_view s; if (!g.value().get_string().get(s)) keep += s.size(); } } } }
}

static void work(ondemand::object o, Sums& w) {
    long bits = 0, authors = 0, goals = 0; std::vector<long> paid; std::string_view s; double d; int64_t n;
    for (auto f : o) { std::string_view key = name_of(f); ondemand::value v; if (f.value().get(v)) continue;
        if (key == "id") w.ids += text_number(v, 'W');
        else if (key == "publication_year") { if (!v.get_int64().get(n)) w.years += n; }
        else if (key == "title" || key == "display_name" || key == "doi" || key == "type" || key == "updated_date") { if (!v.get_string().get(s)) keep += s.size(); }
        else if (key == "cited_by_count") { if (!v.get_int64().get(n) && n > 0) w.citations += n; }
        else if (key == "fwci") { if (!v.get_double().get(d)) w.impact += std::nearbyint((double)(float)d * 1e4) / 1e4; }
        else if (key == "is_retracted") { if (truth(v)) bits |= 1; }
        else if (key == "is_paratext") { if (truth(v)) bits |= 2; }
        else if (key == "is_authors_truncated") { if (truth(v)) bits |= 4; }
        else if (key == "is_xpac") { if (truth(v)) bits |= 16; }
        else if (key == "is_synthetic") { if (truth(v)) bits |= 32; }
        else if (key == "open_access") flags(v, "is_oa", 8, "", 0, bits);
        else if (key == "citation_normalized_percentile") flags(v, "is_in_top_10_percent", 64, "is_in_top_1_percent", 128, bits);
        else if (key == "primary_topic") topic(v, w);
        else if (key == "sustainable_development_goals") { ondemand::array a; if (v.get_array().get(a)) continue;
            for (auto item : a) { ondemand::object g; if (item.get_object().get(g)) continue;
                for (auto h : g) if (name_of(h) == "id") { long goal = text_number(h.value(), 0); if (goal >= 1 && goal <= 17) goals |= 1L << (goal - 1); } } }
        else if (key == "grants") funders(v, "funder", paid);
        else if (key == "awards") funders(v, "funder_id", paid);
        else if (key == "funders") funders(v, "id", paid);
        else if (key == "authorships") authorships(v, w, authors);
    }
    if (authors == 100) bits |= 4;
    w.works++; w.flags += bits; w.goals += goals; w.authors += authors;
    for (long f : paid) w.funders += f;
}

int main(int argc, char** argv) {
    padded_string text = padded_string::load(argv[1]);
    int rounds = argc > 2 ? std::stoi(argv[2]) : 7;
    ondemand::parser parser;
    std::vector<double> times; Sums w{};
    for (int round = -2; round < rounds; round++) {
        w = Sums{};
        auto start = std::chrono::steady_clock::now();
        const char* at = text.data(); const char* end = at + text.size();
        while (at < end) {
            const char* line = static_cast<const char*>(memchr(at, '\n', end - at));
            if (!line) line = end;
            ondemand::document doc; ondemand::object o;
            if (!parser.iterate(padded_string_view(at, line - at, text.data() + text.size() + SIMDJSON_PADDING - at)).get(doc) && !doc.get_object().get(o)) work(o, w);
            at = line + 1;
        }
        if (round >= 0) times.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    std::sort(times.begin(), times.end());
    if (keep == 42) puts("");
    printf("%.6f %ld %ld %ld %ld %ld %.0f %ld %ld %ld %ld %ld\n", times[times.size() / 2], w.works, w.ids, w.years, w.topics, w.citations, w.impact, w.flags, w.goals, w.authors, w.units, w.funders);
}
