<?php

/** A token that says: this user of ours is on the page, now. The user's `id` is text. */
function identity_token(array $user, ?int $now = null, ?string $jti = null): string
{
    $now ??= time();
    $header = ['typ' => 'JWT', 'alg' => 'HS256', 'kid' => getenv('PRIVITY_KID')];
    $claims = [
        'aud' => getenv('PRIVITY_WORKSPACE'),
        'sub' => $user['id'],
        'iat' => $now,
        'exp' => $now + 600,
        'jti' => $jti ?? bin2hex(random_bytes(16)),
        'email' => $user['email'],
        'email_verified' => $user['email_verified'],
        'name' => $user['name'],
    ];
    $signed = base64url(json($header)) . '.' . base64url(json($claims));
    return $signed . '.' . base64url(hash_hmac('sha256', $signed, getenv('PRIVITY_SIGNING_SECRET'), true));
}

function json(array $part): string
{
    return json_encode($part, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR);
}

function base64url(string $bytes): string
{
    return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
}
