<?php
// composer require jumbojett/openid-connect-php
// SSO_CLIENT_SECRET comes from the environment. Serve this file at {redirect_uri}
require __DIR__ . '/vendor/autoload.php';

use Jumbojett\OpenIDConnectClient;

session_start();
$sso = new OpenIDConnectClient('{issuer}', '{client_id}', getenv('SSO_CLIENT_SECRET'));
$sso->setRedirectURL('{redirect_uri}');
$sso->addScope(explode(' ', '{scopes}'));
$sso->setCodeChallengeMethod('S256');
// $sso->addAuthParam(['organization' => 'contoso-7k2m9q']); // if you know the customer
$sso->authenticate(); // sends the browser away at first, and checks what it brings back
$person = $sso->getVerifiedClaims(); // sub, email, name, org_id …

session_regenerate_id(true);
$_SESSION['person'] = $person->sub;
header('Location: /');
