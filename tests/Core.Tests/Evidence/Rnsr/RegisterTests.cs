using System.IO.Compression;
using Entente.Core.Evidence;
using Entente.Core.Evidence.Rnsr;
using Entente.Core.Kernel;
using Entente.Tests;
using Microsoft.VisualBasic.FileIO;

namespace Entente.Core.Tests.Evidence.Rnsr;

public sealed class RegisterTests
{
    static readonly string Table = Path.Combine(Conditions.Data, "rnsr", "structures-recherche-actives-2022.csv.gz");

    static Task<Outcome<ImportResult>> Import(TestWorld world, string path) => RnsrImport.RunAsync(world.Work, [path], complete: false, null, default);

    static string Write(TestWorld world, string text)
    {
        var path = Path.Combine(world.Folder.Root, "r.csv");
        File.WriteAllText(path, text);
        return path;
    }

    // Twin: another reader of CSV, the framework's own.
    static IEnumerable<Dictionary<string, string>> Rows()
    {
        using var parser = new TextFieldParser(new GZipStream(File.OpenRead(Table), CompressionMode.Decompress), System.Text.Encoding.UTF8) { Delimiters = [";"], TrimWhiteSpace = false };
        var header = parser.ReadFields()!;
        while (parser.ReadFields() is { } fields) yield return header.Zip(fields).ToDictionary(x => x.First, x => x.Second);
    }

    [RealDataFact]
    public async Task Every_structure_of_the_register_comes_back_as_the_table_says_it()
    {
        await using var world = await TestWorld.OpenAsync();
        var result = (await Import(world, Table)).Value;
        Assert.Equal((4506, 4506, 0, 0), (result.Records, result.Accepted, result.Rejected, result.Superseded));
        var register = Registers.Open(world.Work).Value;
        foreach (var row in Rows())
        {
            var entry = register.ByNumber(row["numero_national_de_structure"])!;
            Assert.Equal(
                (row["libelle"].Trim(), row["sigle"].Trim(), row["annee_de_creation"], row["type_de_structure"], row["commune"].Trim()),
                (entry.Name, entry.Acronym, $"{entry.Year}", entry.Type, entry.Place));
            Assert.Equal(row["nom_du_responsable"], string.Join(';', entry.Heads.Select(h => h.Surname)));
            Assert.Equal(row["prenom_du_responsable"], string.Join(';', entry.Heads.Select(h => h.FirstName)));
            Assert.Equal(row["sigles_des_tutelles"], string.Join(';', entry.Supervisors.Select(s => s.Acronym)));
            Assert.Equal(row["label_numero"].Trim(';').Length > 0, entry.Codes.Count > 0);
            Assert.Equal(row["numero_de_structure_historique"], string.Join(';', entry.Predecessors.Select(p => p.Number)));
            Assert.Equal(row["type_de_succession"], string.Join(';', entry.Predecessors.Select(p => p.Succession)));
        }
        Assert.Equal(register.Entries.Select(e => e.Number), Registers.Entries(world.Work).Select(e => e.Number));
    }

    [RealDataFact]
    public async Task The_facts_that_the_register_is_held_against_are_in_it()
    {
        await using var world = await TestWorld.OpenAsync();
        await Import(world, Table);
        var register = Registers.Open(world.Work).Value;
        Assert.Equal((45, 43), (register.International().Count, register.International("CNRS").Count));
        var poncelet = Assert.Single(register.ByCode("IRL 2615"));
        Assert.Equal(("Interdisciplinary Scientific Center Poncelet", "ISCP", 2005), (poncelet.Name, poncelet.Acronym, poncelet.Year));
        Assert.Equal(2004, Assert.Single(register.ByName("limms")).Year);
        var moivre = register.ByNumber("201822677A")!;
        Assert.Equal(("IRL Abraham de Moivre", 2018, "LONDRES"), (moivre.Name, moivre.Year, moivre.Place));
        Assert.Equal([("Richard CRASTER", true), ("Pierre DEGOND", false)], moivre.Heads.Select(h => (h.Name, h.IsDirector)));
        Assert.Equal([false, true], moivre.Heads.Select(h => h.IsDeputy));
        var majulab = Assert.Single(register.ByCode("UMI3654"));
        Assert.Equal(["IRL 3654", "UMI 3654"], majulab.Codes);
        Assert.Equal(["CNRS", "SORBONNE UNIV.", "UCA"], majulab.Supervisors.Select(s => s.Acronym));
        Assert.Equal("renouvellement 2018", register.ByName("EpiDaPo")[0].Predecessors.Select(p => $"{p.Succession} {p.Year}").Single());
        Assert.Empty(register.ByName("ILANCE"));
    }

    const string Header = "numero_national_de_structure;libelle;sigle;annee_de_creation;code_de_type_de_structure;tutelles;sigles_des_tutelles;label_numero;nom_du_responsable;prenom_du_responsable;titre_du_responsable";

    [Fact]
    public async Task A_row_that_is_not_the_registers_is_rejected_and_a_number_that_comes_again_is_kept_once_whatever_the_order()
    {
        await using var world = await TestWorld.OpenAsync();
        string[] rows = ["201822677A;One;;2018;23;T;T;IRL 1;A;B;DIR", "201822677A;Two;;2018;23;T;T;IRL 1;A;B;DIR"];
        foreach (var order in new[] { rows, [.. rows.Reverse()] })
        {
            var result = (await Import(world, Write(world, $"{Header}\n{string.Join('\n', order)}\nX;bad;;2018;23;T;T;;;;\n201822678B;short;;2018\n201822679C;year;;MMXX;23;T;T;;;;\n"))).Value;
            Assert.Equal((5, 2, 3, 1), (result.Records, result.Accepted, result.Rejected, result.Superseded));
            Assert.Equal("Two", Assert.Single(Registers.Entries(world.Work)).Name);
        }
    }

    [Fact]
    public async Task Values_that_do_not_pair_up_are_left_apart()
    {
        await using var world = await TestWorld.OpenAsync();
        await Import(world, Write(world, $"{Header}\n201822677A;One;;2018;23;\"T;U\";\"T;U\";IRL 1;\"A;B\";\"C;D\";DIR\n"));
        var entry = Assert.Single(Registers.Entries(world.Work));
        Assert.Equal(["C A/", "D B/"], entry.Heads.Select(h => $"{h.Name}/{h.Title}"));
        Assert.All(entry.Heads, h => Assert.False(h.IsDeputy || h.IsDirector));
        Assert.Empty(entry.Codes);
    }

    [Fact]
    public async Task Another_table_is_refused_and_no_register_is_no_entry()
    {
        await using var world = await TestWorld.OpenAsync();
        Assert.Equal("unknown-header", (await Import(world, Write(world, "a;b\n1;2\n"))).Refusal?.Code);
        Assert.Equal("no-vintage", Registers.Open(world.Work).Refusal?.Code);
        Assert.Empty(Registers.Entries(world.Work));
    }
}
