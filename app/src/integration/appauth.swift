// Swift package: https://github.com/openid/AppAuth-iOS
// There is no secret: AppAuth proves by PKCE that it is the one that asked.
import AppAuth

final class SignIn {
    private var flow: OIDExternalUserAgentSession?

    func start(from view: UIViewController, done: @escaping (OIDAuthState?, Error?) -> Void) {
        let issuer = URL(string: "{issuer}")!
        OIDAuthorizationService.discoverConfiguration(forIssuer: issuer) { configuration, error in
            guard let configuration else { return done(nil, error) }
            let request = OIDAuthorizationRequest(
                configuration: configuration,
                clientId: "{client_id}",
                clientSecret: nil,
                scopes: "{scopes}".components(separatedBy: " "),
                redirectURL: URL(string: "{redirect_uri}")!,
                responseType: OIDResponseTypeCode,
                additionalParameters: nil  // ["organization": "contoso-7k2m9q"] if you know the customer
            )
            self.flow = OIDAuthState.authState(byPresenting: request, presenting: view, callback: done)
        }
    }
}
