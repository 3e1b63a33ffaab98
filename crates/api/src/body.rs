//! Bodies have a time to arrive in: whoever sends one byte a minute holds a connection, and nothing else.

use std::io::{Error, ErrorKind};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::HttpMessage;
use actix_web::dev::{Payload, ServiceRequest};
use actix_web::error::PayloadError;
use actix_web::rt::time::{Sleep, sleep};
use actix_web::web::Bytes;
use futures_util::Stream;

/// How long a body may take, in seconds.
const BODY_SECONDS: u64 = 30;

type BoxedPayloadStream = Pin<Box<dyn Stream<Item = Result<Bytes, PayloadError>>>>;

struct InTime {
    body: Payload,
    over: Pin<Box<Sleep>>,
}

impl Stream for InTime {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match Pin::new(&mut self.body).poll_next(context) {
            Poll::Pending => {}
            ready @ Poll::Ready(_) => return ready,
        }
        let late = || Some(Err(PayloadError::Io(Error::from(ErrorKind::TimedOut))));
        self.over.as_mut().poll(context).map(|()| late())
    }
}

/// The request, whose body has to arrive in time.
pub(crate) fn in_time(mut request: ServiceRequest) -> ServiceRequest {
    let body = request.take_payload();
    let body = if matches!(body, Payload::None) {
        body
    } else {
        Payload::Stream { payload: within(body, Duration::from_secs(BODY_SECONDS)) }
    };
    request.set_payload(body);
    request
}

fn within(body: Payload, time: Duration) -> BoxedPayloadStream {
    Box::pin(InTime { body, over: Box::pin(sleep(time)) })
}

/// Whether a body did not arrive in time.
pub(crate) fn is_late(err: &PayloadError) -> bool {
    matches!(err, PayloadError::Io(cause) if cause.kind() == ErrorKind::TimedOut)
}

#[cfg(test)]
mod tests {
    use actix_web::web::Bytes;
    use futures_util::{StreamExt, stream};

    use super::*;

    #[actix_web::test]
    async fn a_body_that_never_ends_is_cut_off_and_one_that_arrives_is_not() {
        let first = || Ok::<_, PayloadError>(Bytes::from_static(b"a"));
        let stream: BoxedPayloadStream = Box::pin(stream::iter([first()]).chain(stream::pending()));
        let mut slow = within(Payload::Stream { payload: stream }, Duration::from_millis(20));
        assert_eq!(slow.next().await.unwrap().unwrap(), "a");
        assert!(is_late(&slow.next().await.unwrap().unwrap_err()));
        let stream: BoxedPayloadStream = Box::pin(stream::iter([first(), first()]));
        let whole: Vec<_> = within(Payload::Stream { payload: stream }, Duration::from_secs(9)).collect().await;
        assert!(whole.len() == 2 && whole.iter().all(Result::is_ok));
    }
}
