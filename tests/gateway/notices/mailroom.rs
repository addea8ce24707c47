//! A mail server of the test's own: it speaks SMTP over a real connection, with STARTTLS where it has a certificate.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use rustls::pki_types::PrivateKeyDer;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufStream};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// How it treats the next recipients, in turn; then it takes everybody.
pub type Moods = Arc<Mutex<Vec<&'static str>>>;

pub struct Mailroom {
    pub address: SocketAddr,
    /// Whole, with their headers.
    pub mails: Arc<Mutex<Vec<String>>>,
    /// The commands it heard, without what AUTH says.
    pub heard: Arc<Mutex<Vec<String>>>,
    pub moods: Moods,
    /// The certificate's authority, as PEM.
    pub authority: String,
}

#[derive(Clone)]
struct Desk {
    mails: Arc<Mutex<Vec<String>>>,
    heard: Arc<Mutex<Vec<String>>>,
    moods: Moods,
    tls: Option<TlsAcceptor>,
}

impl Mailroom {
    pub async fn open(with_tls: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).expect("a certificate");
        let desk =
            Desk { mails: Arc::default(), heard: Arc::default(), moods: Arc::default(), tls: with_tls.then(|| acceptor(&made)) };
        let room = Self {
            address: listener.local_addr().expect("bound"),
            mails: desk.mails.clone(),
            heard: desk.heard.clone(),
            moods: desk.moods.clone(),
            authority: made.cert.pem(),
        };
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(desk.clone().talk(stream));
            }
        });
        room
    }

    pub fn mails(&self) -> Vec<String> {
        self.mails.lock().expect("no panic while held").clone()
    }

    pub fn heard(&self, command: &str) -> usize {
        self.heard.lock().expect("no panic while held").iter().filter(|line| line.starts_with(command)).count()
    }
}

fn acceptor(made: &rcgen::CertifiedKey<rcgen::KeyPair>) -> TlsAcceptor {
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).expect("a key");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .expect("they fit");
    TlsAcceptor::from(Arc::new(config))
}

enum Said {
    StartTls,
    Bye,
}

impl Desk {
    async fn talk(self, stream: tokio::net::TcpStream) {
        let mut plain = BufStream::new(stream);
        if say(&mut plain, "220 mailroom").await.is_none() {
            return;
        }
        if let (Some(Said::StartTls), Some(tls)) = (self.listen(&mut plain, self.tls.is_some()).await, &self.tls)
            && let Ok(secure) = tls.accept(plain.into_inner()).await
        {
            self.listen(&mut BufStream::new(secure), false).await;
        }
    }

    /// Until somebody hangs up, or asks for TLS where it is offered.
    async fn listen<S: AsyncRead + AsyncWrite + Unpin>(&self, line: &mut BufStream<S>, offers_tls: bool) -> Option<Said> {
        loop {
            let command = read(line).await?;
            let word = command.split(' ').next().unwrap_or_default().to_ascii_uppercase();
            let kept = if word == "AUTH" { "AUTH".to_owned() } else { command.clone() };
            self.heard.lock().expect("no panic while held").push(kept);
            let answer = match word.as_str() {
                "EHLO" if offers_tls => "250-mailroom\r\n250 STARTTLS",
                "EHLO" => "250-mailroom\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN",
                "STARTTLS" => "220 go ahead",
                "AUTH" if command.ends_with(&plain("visits", "right password")) => "235 welcome",
                "AUTH" => "535 wrong password for visits@clinic.example",
                "RCPT" => self.mood(),
                "DATA" => "354 go on",
                "QUIT" => "221 bye",
                _ => "250 ok",
            };
            say(line, answer).await?;
            match word.as_str() {
                "STARTTLS" => return Some(Said::StartTls),
                "QUIT" => return Some(Said::Bye),
                "DATA" => {
                    let mail = body(line).await?;
                    self.mails.lock().expect("no panic while held").push(mail);
                    say(line, "250 taken").await?;
                }
                _ => {}
            }
        }
    }

    fn mood(&self) -> &'static str {
        let mut moods = self.moods.lock().expect("no panic while held");
        if moods.is_empty() { "250 ok" } else { moods.remove(0) }
    }
}

fn plain(user: &str, password: &str) -> String {
    data_encoding::BASE64.encode(format!("\0{user}\0{password}").as_bytes())
}

async fn read<S: AsyncRead + AsyncWrite + Unpin>(line: &mut BufStream<S>) -> Option<String> {
    let mut text = String::new();
    let read = line.read_line(&mut text).await.ok()?;
    (read > 0).then(|| text.trim_end().to_owned())
}

async fn say<S: AsyncRead + AsyncWrite + Unpin>(line: &mut BufStream<S>, answer: &str) -> Option<()> {
    line.write_all(format!("{answer}\r\n").as_bytes()).await.ok()?;
    line.flush().await.ok()
}

async fn body<S: AsyncRead + AsyncWrite + Unpin>(line: &mut BufStream<S>) -> Option<String> {
    let mut mail = String::new();
    loop {
        let text = read(line).await?;
        if text == "." {
            return Some(mail);
        }
        mail.push_str(&text);
        mail.push('\n');
    }
}
