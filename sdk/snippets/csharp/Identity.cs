using System;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

public record User(string Id, string? Email, bool EmailVerified, string? Name);

public static class Identity
{
    /// <summary>A token that says: this user of ours is on the page, now.</summary>
    public static string Token(User user, DateTimeOffset? now = null, string? jti = null)
    {
        var issued = (now ?? DateTimeOffset.UtcNow).ToUnixTimeSeconds();
        var header = new { typ = "JWT", alg = "HS256", kid = Setting("PRIVITY_KID") };
        var claims = new
        {
            aud = Setting("PRIVITY_WORKSPACE"),
            sub = user.Id,
            iat = issued,
            exp = issued + 600,
            jti = jti ?? Guid.NewGuid().ToString(),
            email = user.Email,
            email_verified = user.EmailVerified,
            name = user.Name,
        };
        var signed = $"{Part(header)}.{Part(claims)}";
        using var mac = new HMACSHA256(Encoding.UTF8.GetBytes(Setting("PRIVITY_SIGNING_SECRET")));
        return $"{signed}.{Base64Url(mac.ComputeHash(Encoding.UTF8.GetBytes(signed)))}";
    }

    private static string Part(object content) => Base64Url(JsonSerializer.SerializeToUtf8Bytes(content));

    private static string Base64Url(byte[] bytes) =>
        Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static string Setting(string name) =>
        Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set.");
}
