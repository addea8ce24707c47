//! Names of patients cross the network only under TLS, and only to the database server that the certificate names.

use std::fs;

use housecall::base::private::Secret;
use housecall::store::{Place, Store, sql};

use crate::postgres::Postgres;

/// A server whose certificate names 127.0.0.2; to the gateway that is a machine like any other, since it is not the loopback's usual address.
async fn server_with_tls(certificate: &rcgen::CertifiedKey<rcgen::KeyPair>) -> &'static Postgres {
    let server: &Postgres = Box::leak(Box::new(Postgres::start()));
    let database = server.empty_database().await;
    let mut shell = database.connect().await;
    for (file, text) in [("server.crt", certificate.cert.pem()), ("server.key", certificate.signing_key.serialize_pem())] {
        let rows = text.lines().map(|line| format!("('{line}')")).collect::<Vec<_>>().join(", ");
        // The server writes its own files, which makes them its user's.
        let copy = format!("COPY (SELECT * FROM (VALUES {rows}) AS pem) TO PROGRAM 'umask 077; cat > {file}'");
        sqlx::raw_sql(sqlx::AssertSqlSafe(copy)).execute(&mut shell).await.expect("written");
    }
    for statement in ["ALTER SYSTEM SET ssl = on", "SELECT pg_reload_conf()"] {
        sqlx::raw_sql(statement).execute(&mut shell).await.expect("done");
    }
    server
}

#[tokio::test]
async fn over_the_network_only_with_tls_and_to_the_right_server() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let authority = folder.path().join("authority.pem");
    let certificate = rcgen::generate_simple_self_signed(vec!["127.0.0.2".to_owned()]).expect("made");
    fs::write(&authority, certificate.cert.pem()).expect("written");
    let server = server_with_tls(&certificate).await;
    let database = server.empty_database().await;
    let open = |host: &str, settings: String| {
        let place = Place::Server(Secret::new(format!("{}?{settings}", database.url().replace("127.0.0.1", host))));
        async move { Store::open(&place).await }
    };
    let known = format!("sslrootcert={}", authority.display());
    // The server takes its new settings up when it has read them.
    let mut opened = open("127.0.0.2", known.clone()).await;
    for _ in 0..100 {
        if opened.is_ok() {
            break;
        }
        opened = open("127.0.0.2", known.clone()).await;
    }
    let store = opened.expect("let in under TLS");
    let row = sql("SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl").fetch_one(store.reader()).await;
    assert!(row.expect("under TLS").get::<&str>("version").expect("text").starts_with("TLSv1."));

    assert!(open("127.0.0.2", String::new()).await.is_err(), "an authority that nobody knows");
    let another = format!("{known}&sslmode=verify-full");
    assert!(open("127.0.0.1", another).await.is_err(), "a certificate of another host");
}
