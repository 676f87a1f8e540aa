// dotnet add package Microsoft.AspNetCore.Authentication.OpenIdConnect
// Sso:ClientSecret comes from user secrets or the environment (Sso__ClientSecret).
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;

var builder = WebApplication.CreateBuilder(args);
builder.Services
    .AddAuthentication(options =>
    {
        options.DefaultScheme = CookieAuthenticationDefaults.AuthenticationScheme;
        options.DefaultChallengeScheme = OpenIdConnectDefaults.AuthenticationScheme;
    })
    .AddCookie()
    .AddOpenIdConnect(options =>
    {
        options.Authority = "{issuer}";
        options.RequireHttpsMetadata = options.Authority.StartsWith("https:");
        options.ClientId = "{client_id}";
        options.ClientSecret = builder.Configuration["Sso:ClientSecret"];
        options.ResponseType = "code";
        options.ResponseMode = "query";
        options.UsePkce = true;
        options.CallbackPath = new Uri("{redirect_uri}").AbsolutePath;
        options.MapInboundClaims = false;
        options.TokenValidationParameters.NameClaimType = "name";
        options.Scope.Clear();
        foreach (var scope in "{scopes}".Split(' ')) options.Scope.Add(scope);
        // options.Events.OnRedirectToIdentityProvider: context.ProtocolMessage.SetParameter(
        //     "organization", "contoso-7k2m9q") if you know the customer
    });
builder.Services.AddAuthorization();

var app = builder.Build();
app.UseAuthentication();
app.UseAuthorization();
// sub, email, name, org_id …
app.MapGet("/", (HttpContext http) => http.User.Claims.Select(claim => $"{claim.Type}: {claim.Value}"))
    .RequireAuthorization();
app.Run();
