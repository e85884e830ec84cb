//! Subtypes that refer to their base in `allOf`, over several levels.

use features_sdk::models::{Animal, Bicycle, SportsCar, Vehicle};
use serde_json::json;

use crate::support::{kept, write};

#[test]
fn the_tag_tells_the_subtype_on_any_level() {
    let car: Vehicle = kept(json!({ "type": "car", "wheels": 4, "doors": 5 }));
    assert!(matches!(&car, Vehicle::Car(car) if car.doors == Some(5)), "{car:?}");
    let sports_car: Vehicle =
        kept(json!({ "type": "sports-car", "wheels": 4, "doors": 3, "horsepower": 300 }));
    let Vehicle::SportsCar(sports_car) = sports_car else { panic!("{sports_car:?}") };
    let fields = (sports_car.wheels, sports_car.doors, sports_car.horsepower);
    assert_eq!(fields, (Some(4), Some(3), Some(300)));
}

#[test]
fn a_subtype_that_adds_nothing_is_one_still() {
    let vehicle = Vehicle::from(Bicycle::new("bicycle").wheels(2));
    assert_eq!(write(&vehicle), json!({ "type": "bicycle", "wheels": 2 }));
    let vehicle: Vehicle = kept(json!({ "type": "bicycle", "wheels": 2 }));
    assert!(matches!(vehicle, Vehicle::Bicycle(_)), "{vehicle:?}");
}

#[test]
fn a_subtype_has_what_its_bases_have() {
    let car = SportsCar::new("sports-car").wheels(4).doors(3).horsepower(300);
    let expected = json!({ "type": "sports-car", "wheels": 4, "doors": 3, "horsepower": 300 });
    assert_eq!(write(&car), expected);
}

#[test]
fn an_unknown_subtype_is_read_as_the_base_and_kept_whole() {
    let train: Vehicle = kept(json!({ "type": "train", "wheels": 96, "cars": [1, 2] }));
    assert!(matches!(&train, Vehicle::Unknown(base) if base.wheels == Some(96)), "{train:?}");
}

#[test]
fn without_a_mapping_whoever_derives_from_the_base_is_a_subtype() {
    let dog: Animal = kept(json!({ "species": "Dog", "barks": true }));
    assert!(matches!(&dog, Animal::Dog(dog) if dog.barks == Some(true)), "{dog:?}");
    let puppy: Animal = kept(json!({ "species": "Puppy", "barks": false, "weeks": 8 }));
    assert!(matches!(&puppy, Animal::Puppy(puppy) if puppy.weeks == Some(8)), "{puppy:?}");
}

/// `wheels` and `type` are the base's; what only some have is no method.
#[test]
fn what_all_variants_have_is_read_of_the_union() {
    let car: Vehicle = kept(json!({ "type": "car", "wheels": 4, "doors": 5 }));
    assert_eq!((car.r#type().as_str(), *car.wheels()), ("car", Some(4)));
    let train: Vehicle = kept(json!({ "type": "train", "wheels": 96 }));
    assert_eq!((train.r#type().as_str(), *train.wheels()), ("train", Some(96)));
}
