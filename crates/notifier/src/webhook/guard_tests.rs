use super::*;

fn reach(url: &str) -> Option<Reach> {
    Reach::of(&Url::parse(url).unwrap())
}

#[test]
fn only_tls_to_the_outside_or_this_machine_by_its_name() {
    for url in ["https://hooks.example.edu.cn/x", "https://114.114.114.114/", "https://[2400:3200::1]/"] {
        assert_eq!(reach(url), Some(Reach::Public), "{url}");
    }
    for url in ["http://127.0.0.1:9/x", "https://localhost/", "http://[::1]:8/", "http://127.9.9.9/"] {
        assert_eq!(reach(url), Some(Reach::Local), "{url}");
    }
    for url in [
        "http://hooks.example.edu.cn/",
        "ftp://127.0.0.1/",
        "https://10.0.0.5/",
        "https://172.16.0.1/",
        "https://192.168.1.1/",
        "https://169.254.169.254/latest",
        "https://100.64.0.1/",
        "https://0.0.0.0/",
        "https://198.18.0.1/",
        "https://224.0.0.1/",
        "https://[fe80::1]/",
        "https://[fd00::1]/",
        "https://[::ffff:10.0.0.5]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[64:ff9b::a00:5]/",
        "https://[2002:a00:5::1]/",
        "https://[::]/",
        // Other spellings of 10.0.0.1, which a parser of addresses turns into it.
        "https://0xa.0.0.1/",
        "https://167772161/",
    ] {
        assert_eq!(reach(url), None, "{url}");
    }
}

#[tokio::test]
async fn a_name_that_leads_inside_is_not_followed() {
    let name = || "localhost".parse::<Name>().unwrap();
    assert!(Reach::Public.resolve(name()).await.is_err());
    let found: Vec<SocketAddr> = Reach::Local.resolve(name()).await.unwrap().collect();
    assert!(!found.is_empty() && found.iter().all(|a| a.ip().is_loopback()), "{found:?}");
}
