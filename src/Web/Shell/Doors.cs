using Entente.Core.Accounts;
using Entente.Core.Kernel;

namespace Entente.Web.Shell;

/// <summary>What a route asks of whoever comes: nothing, to be signed in, or a permission that one of their roles gives.</summary>
/// <param name="Account">true where somebody must be signed in</param>
public sealed record Door(bool Account, Permission? Permission);

/// <summary>
/// Every route has a door; a route without one is closed to all. The door looks at roles alone: whether a role reaches the record at
/// hand is for the verb, and what may be read for the audience of each row.
/// </summary>
public static class Doors
{
    /// <summary>For anyone; what they see is what their audience opens.</summary>
    public static T Open<T>(this T routes) where T : IEndpointConventionBuilder => routes.WithMetadata(new Door(false, null));

    /// <summary>For whoever is signed in.</summary>
    public static T SignedIn<T>(this T routes) where T : IEndpointConventionBuilder => routes.WithMetadata(new Door(true, null));

    /// <summary>For whoever holds a role that gives the permission, on whatever side.</summary>
    public static T Needs<T>(this T routes, Permission permission) where T : IEndpointConventionBuilder => routes.WithMetadata(new Door(true, permission));

    public static void UseDoors(this WebApplication app) => app.Use((context, next) =>
    {
        if (context.GetEndpoint() is not { } endpoint) return next(context);
        // The last word is the route's own.
        var door = endpoint.Metadata.GetMetadata<Door>();
        var refusal = door is null ? Closed : Refuse(door, context.RequestServices.GetRequiredService<Actor>());
        return refusal is null ? next(context) : Guards.RefuseAsync(context, refusal);
    });

    static Refusal Closed { get; } = Refusal.Forbidden("no-door", "This address is open to nobody.", "Cette adresse n’est ouverte à personne.");

    static Refusal? Refuse(Door door, Actor actor)
    {
        if (!door.Account || (actor.Account is not null && door.Permission is null)) return null;
        if (door.Permission is { } permission && Permissions.MayAnywhere(actor, permission)) return null;
        return Permissions.Refuse(actor, door.Permission ?? Permission.ReadAgenda);
    }
}
