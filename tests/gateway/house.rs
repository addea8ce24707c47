//! What holds for every address of the gateway.

use crate::support::Clinic;

#[tokio::test]
async fn an_unknown_address_and_a_wrong_method_get_the_same_answer() {
    let clinic = Clinic::open().await;
    let somebody = clinic.somebody();
    let unknown = somebody.read("/api/v1/nothing/here").await;
    unknown.refused(404, "not_found");
}
