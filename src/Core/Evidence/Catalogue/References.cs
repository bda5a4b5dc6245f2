namespace Entente.Core.Evidence.Catalogue;

/// <summary>The works that definitions rest on.</summary>
static class References
{
    public static readonly Reference Cwts = new(
        "Waltman, Calero-Medina, Kosten, Noyons, Tijssen, van Eck, van Leeuwen, van Raan, Visser, Wouters (2012): The Leiden Ranking 2011/2012: data collection, indicators, and interpretation", "10.1002/asi.22708");
    public static readonly Reference Tijssen = new(
        "Tijssen, van Leeuwen, van Wijk (2009): Benchmarking university–industry research cooperation worldwide: performance measurements and indicators based on co-authorship data for the world’s largest universities", "10.3152/095820209X393145");
    public static readonly Reference Potter = new(
        "Potter, Szomszor, Adams (2020): Interpreting CNCIs on a country-scale: the effect of domestic and international collaboration type", "10.1016/j.joi.2020.101075");
    public static readonly Reference FullAndFractional = new(
        "Perianes-Rodriguez, Waltman, van Eck (2016): Constructing bibliometric networks: a comparison between full and fractional counting", "10.1016/j.joi.2016.10.006");
    public static readonly Reference CountingMethods = new(
        "Waltman, van Eck (2015): Field-normalized citation impact indicators and the choice of an appropriate counting method", "10.1016/j.joi.2015.08.001");
    public static readonly Reference OpenAlex = new(
        "Priem, Piwowar, Orr (2022): OpenAlex: a fully-open index of scholarly works, authors, venues, institutions, and concepts", "10.48550/arXiv.2205.01833");
    public static readonly Reference Kilometres = new("Waltman, Tijssen, van Eck (2011): Globalisation of science in kilometres. Journal of Informetrics 5(4), 574–582", "10.1016/j.joi.2011.05.003");
    public static readonly Reference Haversine = new("Sinnott (1984): Virtues of the haversine. Sky and Telescope 68(2), 159", null);
    public static readonly Reference Ror = new("ROR, the Research Organization Registry: places of organisations, from GeoNames", null) { Address = "https://ror.org" };
    public static readonly Reference Own = new("Entente’s own definition of structural co-publications and of bounds (RULES)", null);
    public static readonly Reference Cordis = new("CORDIS, tables of participants and projects of the EU framework programmes (European Union, CC BY 4.0)", null) { Address = "https://cordis.europa.eu" };
    public static readonly Reference Hamers = new(
        "Hamers, Hemeryck, Herweyers, Janssen, Keters, Rousseau, Vanhoutte (1989): Similarity measures in scientometric research: the Jaccard index versus Salton’s cosine formula", "10.1016/0306-4573(89)90048-4");
    public static readonly Reference Normalize = new(
        "van Eck, Waltman (2009): How to normalize cooccurrence data? An analysis of some well-known similarity measures", "10.1002/asi.21075");
    public static readonly Reference Bibliometrix = new(
        "Aria, Cuccurullo (2017): bibliometrix: an R-tool for comprehensive science mapping analysis (normalizeSimilarity)", "10.1016/j.joi.2017.08.007");
    public static readonly Reference NetworkAnalysis = new("CWTS, networkanalysis (Java library): normalisation of a network by association strength", null) { Address = "https://github.com/CWTSLeiden/networkanalysis" };
    public static readonly Reference Zitt = new(
        "Zitt, Bassecoulard, Okubo (2000): Shadows of the past in international cooperation: collaboration profiles of the top five producers of science", "10.1023/A:1005632319799");
    public static readonly Reference Pai = new(
        "Chinchilla-Rodríguez et al. (2021), on variants of the probabilistic affinity index", "10.48550/arXiv.2008.12007");
    public static readonly Reference Garwood = new("Garwood (1936): Fiducial limits for the Poisson distribution", "10.1093/biomet/28.3-4.437");
    public static readonly Reference Frame = new("Frame (1977): Mainstream research in Latin America and the Caribbean. Interciencia 2(3), 143–148", null);
    public static readonly Reference SchubertBraun = new(
        "Schubert, Braun (1986): Relative indicators and relational charts for comparative assessment of publication output and citation impact", "10.1007/BF02017249");
    public static readonly Reference Stare = new("Stare, Kejžar (2014), Journal of Informetrics 8(3), 503–507, on the relative specialisation index", "10.1016/j.joi.2014.04.004");
    public static readonly Reference FMeasure = new("Rousseau (2018): The F-measure for research priority", "10.2478/jdis-2018-0001");
    public static readonly Reference Goals = new("Turunen, Sandgren, Information Research, on tools that label works with the goals", "10.47989/IR30140516");
}
