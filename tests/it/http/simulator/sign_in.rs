//! The simulated authority, asked as any client would ask it: what a code and a refresh token count for.

use blobfreight::sim::{Consent, FaultAction, FaultRule};

use crate::http::simulator::wire::{Answer, Wire};

/// The verifier and the challenge of RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const SCOPE: &str = "https%3A%2F%2Fmanagement.azure.com%2F.default+offline_access";

fn authorize(query: &str) -> String {
    format!(
        "/organizations/oauth2/v2.0/authorize?client_id=app&response_type=code&redirect_uri=http%3A%2F%2Flocalhost%3A1&code_challenge={CHALLENGE}&code_challenge_method=S256&state=s&scope={SCOPE}{query}"
    )
}

/// The redirect's address.
async fn redirect(wire: &Wire, path: &str) -> String {
    let client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let answer = client.get(format!("{}{path}", wire.ends().authority)).send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 302);
    answer.headers()["location"].to_str().unwrap().to_owned()
}

async fn code(wire: &Wire) -> String {
    wire.sim.switch(|switches| switches.consent = Consent::Granted);
    let location = redirect(wire, &authorize("")).await;
    location.split("code=").nth(1).unwrap().split('&').next().unwrap().to_owned()
}

async fn token(wire: &Wire, form: &str) -> Answer {
    let url = format!("{}/organizations/oauth2/v2.0/token", wire.ends().authority);
    wire.send("POST", &url, &[("content-type", "application/x-www-form-urlencoded")], form.to_owned()).await
}

#[tokio::test]
async fn a_code_counts_once_for_its_client_its_address_and_its_verifier() {
    let wire = Wire::new().await;
    let form = |code: &str, client: &str, verifier: &str| {
        format!(
            "grant_type=authorization_code&client_id={client}&code={code}&redirect_uri=http%3A%2F%2Flocalhost%3A1&code_verifier={verifier}"
        )
    };
    for (client, verifier, why) in [
        ("app", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXX", "501481"),
        ("app", "", "501481"),
        ("other", VERIFIER, "500112"),
    ] {
        let refused = token(&wire, &form(&code(&wire).await, client, verifier)).await;
        assert!(refused.status == 400 && refused.text.contains(why), "{}", refused.text);
        assert_eq!(refused.json()["error"], "invalid_grant");
    }
    let code = code(&wire).await;
    let tokens = token(&wire, &form(&code, "app", VERIFIER)).await.json();
    assert!(tokens["access_token"].is_string() && tokens["refresh_token"].is_string());
    let again = token(&wire, &form(&code, "app", VERIFIER)).await;
    assert!(again.text.contains("AADSTS54005"), "{}", again.text);
    let refresh = tokens["refresh_token"].as_str().unwrap();
    let refreshed =
        token(&wire, &format!("grant_type=refresh_token&client_id=app&refresh_token={refresh}&scope={SCOPE}")).await;
    assert_ne!(refreshed.json()["refresh_token"], tokens["refresh_token"]);
    let made_up = token(&wire, &format!("grant_type=refresh_token&client_id=app&refresh_token=x&scope={SCOPE}")).await;
    assert_eq!(made_up.json()["error"], "invalid_grant");
}

#[tokio::test]
async fn the_page_waits_for_the_person_and_both_answers_come_back_with_the_state() {
    let wire = Wire::new().await;
    let page = wire.get(&authorize("")).await;
    assert!(page.status == 200 && page.text.contains("answer=yes") && page.text.contains("answer=no"));
    assert!(redirect(&wire, &authorize("&answer=yes")).await.ends_with("&state=s"));
    let denied = redirect(&wire, &authorize("&answer=no")).await;
    assert!(denied.starts_with("http://localhost:1?error=access_denied&") && denied.ends_with("&state=s"), "{denied}");
    let elsewhere = authorize("").replace("localhost%3A1", "evil.example");
    assert!(wire.get(&elsewhere).await.text.contains("AADSTS50011"));
    let bare = authorize("").replace("S256", "plain");
    assert!(redirect(&wire, &bare).await.contains("error=invalid_request"));
}

#[tokio::test]
async fn a_claims_challenge_is_met_only_by_a_token_with_the_context() {
    let wire = Wire::new().await;
    let kind = FaultAction::ClaimsChallenge { context: "c1".into() };
    let rule = FaultRule { method: Some("PUT".into()), path: "/jobs/".into(), skip: 0, times: 9, kind };
    wire.sim.faults().add(rule);
    let refused = wire.create("job-1", &wire.export()).await;
    assert_eq!(refused.status, 401);
    let challenge = refused.header("www-authenticate");
    assert!(challenge.contains("error=\"insufficient_claims\"") && challenge.contains("claims=\"ey"), "{challenge}");
    assert_eq!(wire.get(&wire.job("job-1")).await.status, 404, "nothing was created");
}
