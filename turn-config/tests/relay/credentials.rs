//! Who may allocate, and who may keep what was allocated.

use std::time::Duration;

use turn_config::credentials::{CALL_LIFE, Credential, RelaySecret};

use crate::house::{House, PATHS, Path, holder};
use crate::turn_client::Refused;

const UNAUTHORIZED: Result<std::net::SocketAddr, Refused> = Err(Refused(401));

#[tokio::test]
async fn a_bad_credential_is_answered_401_on_every_path() {
    let house = House::open().await;
    let good = house.credential("visit1", "patient");
    let with_name = |username: &str| Credential { username: username.to_owned(), password: good.password.clone() };
    let expiry = good.username.split(':').next().expect("its first part").to_owned();
    let late: i64 = expiry.parse::<i64>().expect("seconds") + 60;
    let bad = [
        with_name(&format!("{late}:visit1:patient")),
        with_name(&format!("{expiry}:visit2:patient")),
        with_name(&format!("{expiry}:visit1:clinician")),
        with_name("nobody"),
        with_name(""),
        Credential { username: good.username.clone(), password: "guessed".to_owned() },
        Credential { username: good.username.clone(), password: String::new() },
        RelaySecret::random().mint(&holder("visit1", "patient"), house.now_ms(), CALL_LIFE, 0),
        // Signed with our secret, for longer than we ever mint.
        house.secret.mint(&holder("visit1", "patient"), house.now_ms() + 3_600_000, CALL_LIFE, 0),
        // Ours, and over since an hour.
        house.secret.mint(&holder("visit1", "patient"), house.now_ms() - 3_600_000, CALL_LIFE, 0),
    ];
    for path in PATHS {
        for credential in &bad {
            let mut client = house.client(path, credential.clone()).await;
            assert_eq!(client.allocate().await, UNAUTHORIZED, "{path:?}: {}", credential.username);
        }
    }
    let counts = house.relay.counts();
    assert_eq!((counts.credentials_refused, counts.allocations_made), (30, 0));
}

#[tokio::test]
async fn a_stale_nonce_is_replaced_and_the_request_then_goes_through() {
    let house = House::open().await;
    let mut patient = house.person(Path::Udp, "visit1", "patient").await;
    patient.allocate().await.expect("a fresh credential");
    house.advance(Duration::from_secs(3 * 3600));
    assert_eq!(patient.refresh(600).await, Err(Refused(438)));
    assert_eq!(patient.refresh(600).await, Ok(Duration::from_secs(600)));
    patient.spoil_nonce();
    assert_eq!(patient.refresh(600).await, Err(Refused(438)));
}

#[tokio::test]
async fn a_call_longer_than_its_credential_keeps_its_allocation() {
    let house = House::open().await;
    let mut patient = house.person(Path::Udp, "visit1", "patient").await;
    let mut clinician = house.person(Path::Tcp, "visit1", "clinician").await;
    let here = patient.allocate().await.expect("a fresh credential");
    let there = clinician.allocate().await.expect("a fresh credential");
    house.advance(Duration::from_secs(20 * 60));

    // The connection that lives goes on with what it was made with.
    assert_eq!(patient.refresh(600).await, Ok(Duration::from_secs(600)));
    patient.permit(there).await.expect("of the same visit");
    clinician.bind_channel(0x4001, here).await.expect("of the same visit");
    patient.send(there, b"still here").await;
    assert_eq!(clinician.receive().await.1, b"still here");

    // A restart of ICE allocates anew: the old credential is over, the renewed one works, for the old allocation too.
    let old = house.secret.mint(&holder("visit1", "patient"), house.now_ms() - 1_200_000, CALL_LIFE, 0);
    assert_eq!(house.client(Path::Udp, old).await.allocate().await, UNAUTHORIZED);
    assert!(house.person(Path::Udp, "visit1", "patient").await.allocate().await.is_ok());
    patient.use_credential(house.credential("visit1", "patient"));
    assert_eq!(patient.refresh(600).await, Ok(Duration::from_secs(600)));
}

#[tokio::test]
async fn another_seats_credential_cannot_touch_an_allocation() {
    let house = House::open().await;
    for (scope, seat) in [("visit1", "clinician"), ("visit2", "patient")] {
        let mut patient = house.person(Path::Udp, "visit1", "patient").await;
        patient.allocate().await.expect("a fresh credential");
        patient.use_credential(house.credential(scope, seat));
        assert_eq!(patient.refresh(0).await, Err(Refused(441)));
        patient.use_credential(house.credential("visit1", "patient"));
        assert_eq!(patient.refresh(600).await, Ok(Duration::from_secs(600)), "it was not touched");
    }
}
