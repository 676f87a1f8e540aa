// implementation("net.openid:appauth:0.11.1")
// There is no secret: AppAuth proves by PKCE that it is the one that asked. In build.gradle.kts,
// manifestPlaceholders["appAuthRedirectScheme"] is the scheme of {redirect_uri}
import android.app.Activity
import android.content.Intent
import android.net.Uri
import net.openid.appauth.AuthorizationException
import net.openid.appauth.AuthorizationRequest
import net.openid.appauth.AuthorizationResponse
import net.openid.appauth.AuthorizationService
import net.openid.appauth.AuthorizationServiceConfiguration
import net.openid.appauth.ResponseTypeValues
import net.openid.appauth.TokenResponse

class SignIn(private val activity: Activity) {
    private val service = AuthorizationService(activity)

    fun start(requestCode: Int) {
        AuthorizationServiceConfiguration.fetchFromIssuer(Uri.parse("{issuer}")) { configuration, _ ->
            configuration ?: return@fetchFromIssuer
            val request = AuthorizationRequest.Builder(
                configuration, "{client_id}", ResponseTypeValues.CODE, Uri.parse("{redirect_uri}"),
            ).setScope("{scopes}").build()
            activity.startActivityForResult(service.getAuthorizationRequestIntent(request), requestCode)
        }
    }

    fun finish(data: Intent, done: (TokenResponse?, AuthorizationException?) -> Unit) {
        val response = AuthorizationResponse.fromIntent(data) ?: return done(null, AuthorizationException.fromIntent(data))
        service.performTokenRequest(response.createTokenExchangeRequest(), done)
    }
}
