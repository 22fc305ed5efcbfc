<?php

require __DIR__ . '/identity.php';

[, $id, $email, $verified, $name, $now, $jti] = $argv;
$user = ['id' => $id, 'email' => $email, 'email_verified' => $verified === 'true', 'name' => $name];
echo identity_token($user, (int) $now, $jti), "\n";
