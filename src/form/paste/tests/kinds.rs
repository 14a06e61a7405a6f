//! Pasted blocks that were read wrongly once, each with its kind.

use super::*;

#[test]
fn a_box_stays_in_a_street_line_and_an_emirate_is_the_city() {
    let got =
        read("Sample FZE\nOffice 1203, Example Tower\nPO Box 12345\nDubai\nUnited Arab Emirates\n+971 4 555 0123");
    let expected = Fields::from([
        (Company, "Sample FZE"),
        (Street1, "Office 1203, Example Tower"),
        (Street2, "PO Box 12345"),
        (City, "Dubai"),
        (Country, "United Arab Emirates"),
        (Phone, "+971 4 555 0123"),
    ]);
    assert_eq!(got, expected);
    assert_eq!(read("Sample FZE\nOffice 1203 - Example Road\nDubai - UAE")[Country], "United Arab Emirates");
}

#[test]
fn an_eircode_a_county_and_a_district_of_dublin() {
    let got = read("Sample Ltd\n12 Example Street\nDublin 2\nD02 X285\nIreland");
    assert_eq!([&*got[Street1], &*got[City], &*got[PostalCode]], ["12 Example Street", "Dublin 2", "D02 X285"]);
    let got = read("Sample Ltd\n12 Example Street\nMallow\nCo. Cork\nP51 X285\nIreland");
    assert_eq!([&*got[City], &*got[State], &*got[PostalCode]], ["Mallow", "Co. Cork", "P51 X285"]);
    assert_eq!(read("Sample Ltd\n12 Example Street\nCork\nT12 X285\nIreland")[City], "Cork");
    assert_eq!(read("Sample Ltd\n12 Example Street\nDublin\nEircode: D6W X285\nIreland")[PostalCode], "D6W X285");
}

#[test]
fn a_british_county_between_town_and_code() {
    let got =
        read("Sample Ltd\nUnit 4, Example Business Park\nExample Lane\nREADING\nBerkshire\nRG6 1WG\nUnited Kingdom");
    let expected = Fields::from([
        (Company, "Sample Ltd"),
        (Street1, "Unit 4, Example Business Park"),
        (Street2, "Example Lane"),
        (City, "READING"),
        (State, "Berkshire"),
        (PostalCode, "RG6 1WG"),
        (Country, "United Kingdom"),
    ]);
    assert_eq!(got, expected);
    let got = read("Sample Ltd\n1 Mill Lane\nReading, Berkshire RG6 1WG\nUK");
    assert_eq!([&*got[City], &*got[State], &*got[PostalCode]], ["Reading", "Berkshire", "RG6 1WG"]);
    assert_eq!(read("Sample Ltd\n1 Mill Lane\nLondon SW1A 1AA, UK")[Country], "United Kingdom");
}

#[test]
fn addresses_in_the_order_of_east_asia() {
    let got = read("〒100-0005\n東京都千代田区丸の内1-2-3\n株式会社サンプル\n山田 花子 様\n日本");
    let expected = Fields::from([
        (Contact, "山田 花子 様"),
        (Company, "株式会社サンプル"),
        (Street1, "丸の内1-2-3"),
        (City, "千代田区"),
        (State, "東京都"),
        (PostalCode, "100-0005"),
        (Country, "Japan"),
    ]);
    assert_eq!(got, expected);
    let got = read(
        "〒231-0012 神奈川県横浜市中区相生町1-2-3\nサンプルビル4階\n株式会社サンプル 御中\n電話：０４５-５５５-０１２３",
    );
    assert_eq!([&*got[State], &*got[City], &*got[Street1]], ["神奈川県", "横浜市", "中区相生町1-2-3"]);
    assert_eq!([&*got[Street2], &*got[Company]], ["サンプルビル4階", "株式会社サンプル 御中"]);
    assert_eq!([&*got[Phone], &*got[Country]], ["045-555-0123", "Japan"]);
    let got = read("中国\n518000\n广东省深圳市南山区示例路1号\n示例公司\n王小明 收");
    assert_eq!([&*got[PostalCode], &*got[State], &*got[City]], ["518000", "广东省", "深圳市"]);
    assert_eq!([&*got[Street1], &*got[Company], &*got[Contact]], ["南山区示例路1号", "示例公司", "王小明 收"]);
    let got = read("서울특별시 중구 세종대로 110\n주식회사 샘플\n홍길동 귀하\n04524\n대한민국");
    assert_eq!([&*got[City], &*got[Street1], &*got[PostalCode]], ["서울특별시", "중구 세종대로 110", "04524"]);
    assert_eq!([&*got[Company], &*got[Contact]], ["주식회사 샘플", "홍길동 귀하"]);
    let got = read("Sample K.K.\n1-2-3 Marunouchi\nChiyoda-ku, Tokyo 100-0005\nJapan");
    assert_eq!([&*got[Company], &*got[City], &*got[State]], ["Sample K.K.", "Chiyoda-ku", "Tokyo"]);
}

#[test]
fn phones_with_marks_names_and_neighbours() {
    let lines = "Sample Ltd\n12 Example St\nSeattle, WA 98109\nUSA\n";
    for (line, phone, email, left) in [
        ("\u{202a}+1\u{2011}206\u{2011}555\u{2011}0123\u{202c}", "+1-206-555-0123", "", ""),
        ("Tel.: +1 206 555 0123 | ana@contoso.com", "+1 206 555 0123", "ana@contoso.com", ""),
        ("T: (206) 555-0123, E: ana@contoso.com", "(206) 555-0123", "ana@contoso.com", ""),
        (
            "Tel: +1 206 555 0123\nFax: +1 206 555 0199\nwww.contoso.com",
            "+1 206 555 0123",
            "",
            "Fax: +1 206 555 0199;www.contoso.com",
        ),
        ("Mobile +1 206 555 0123\nOffice +1 206 555 0100", "+1 206 555 0123", "", "Office +1 206 555 0100"),
        ("Ana Keller <ana@contoso.com>\n2065550123", "2065550123", "ana@contoso.com", ""),
    ] {
        let text = format!("{lines}{line}");
        let got = read(&text);
        assert_eq!([&*got[Phone], &*got[Emails], &*got[Street2]], [phone, email, ""], "{line}");
        assert_eq!(propose(&text).unwrap().left.join(";"), left, "{line}");
        assert_eq!([&*got[Street1], &*got[PostalCode]], ["12 Example St", "98109"], "{line}");
    }
}

#[test]
fn states_marks_and_countries_at_the_end_of_a_line() {
    for (text, [city, state, code, country]) in [
        ("A\n1 Way\nSeattle WA 98109 USA", ["Seattle", "WA", "98109", "United States"]),
        ("A\n1 Way\nNew York, New York 10001\nU.S.A.", ["New York", "New York", "10001", "United States"]),
        ("A\n1 Way\nSan Juan PR 00901\nPuerto Rico", ["San Juan", "PR", "00901", "Puerto Rico"]),
        ("A\nRua Exemplo, 123\nSão Paulo - SP, CEP 01310-100\nBrasil", ["São Paulo", "SP", "01310-100", "Brazil"]),
        ("A\n12 Example Rd\nNew Delhi 110 001\nIndia", ["New Delhi", "", "110 001", "India"]),
        ("A\n12 Example Rd\nMumbai - 400001\nMaharashtra\nIndia", ["Mumbai", "Maharashtra", "400001", "India"]),
        ("A\n12 Example Rd\nBengaluru, Karnataka, PIN: 560001\nIndia", ["Bengaluru", "Karnataka", "560001", "India"]),
        ("A\nVia Esempio 3\n20121 Milano (MI)\nItalia", ["Milano", "MI", "20121", "Italy"]),
        ("A\nHafenstr. 3\nD-10117 Berlin", ["Berlin", "", "10117", "Germany"]),
        ("A\nExempelgatan 3\nSE-111 22 Stockholm", ["Stockholm", "", "111 22", "Sweden"]),
        ("A\nHafenstr. 3\nBerlin 10117\nGermany", ["Berlin", "", "10117", "Germany"]),
        ("A\nPélda utca 3.\n1055 Budapest\nMagyarország", ["Budapest", "", "1055", "Hungary"]),
        ("A\n#05-01 Example Tower\n1 Example Road\nSingapore 018956", ["Singapore", "", "018956", "Singapore"]),
        ("A\nFlat 5, 3/F, Example House\n1 Example Road\nCentral\nHong Kong", ["Central", "", "", "Hong Kong"]),
        ("A\n1 Example Road, Wan Chai, Hong Kong", ["Hong Kong", "", "", "Hong Kong"]),
        ("A\n1 Way\nLos Angeles\nCA\n90001", ["Los Angeles", "CA", "90001", ""]),
        ("A\n1 Way\nAtlanta, Georgia", ["Atlanta, Georgia", "", "", ""]),
        ("A\n1 Way\n0105 Tbilisi, Georgia", ["Tbilisi", "", "0105", "Georgia"]),
        ("A\n1 rue Exemple\n75008 PARIS CEDEX 08\nFrance", ["PARIS CEDEX 08", "", "75008", "France"]),
    ] {
        let got = read(text);
        let place = [&*got[City], &*got[State], &*got[PostalCode], &*got[Country]];
        assert_eq!((place, &*got[Contact]), ([city, state, code, country], "A"), "{text}");
    }
}

#[test]
fn a_postal_code_is_never_the_recipient_and_a_person_joins_the_company() {
    for text in
        ["100-0005\nSample\n1 Way\nTokyo\nJapan", "〒100-0005\nSample\n1 Way", "98109\nSample\n1 Way\nSeattle\nUSA"]
    {
        assert_eq!(read(text)[Contact], "Sample", "{text}");
    }
    let got = read("Sample Ltd\nAttn: Ana Keller\n12 Example Street\n3011 AB Rotterdam\nNederland");
    assert_eq!([&*got[Company], &*got[Contact], &*got[Street1]], ["Sample Ltd", "Ana Keller", "12 Example Street"]);
}
