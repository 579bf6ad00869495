//! Columns that no heading explains, or that are beside the amounts: factors, prices, other currencies, subtotals.

use logframe_exchange::{Document, Imported, Mapping, import};

use crate::sheets;

fn read_as(text: &str, mapping: &str) -> Imported {
    import(Document::of_bytes("b.csv", text.as_bytes()).unwrap(), &Mapping::parse(mapping).unwrap())
}

/// The total that a list is read to, and the errors and warnings, but that it prints no total.
fn read(text: &str) -> (String, Vec<String>) {
    let imported = read_as(text, "");
    let mut said = sheets::serious(&imported);
    said.retain(|said| !said.contains("no total of all was found"));
    (sheets::total(&imported), said)
}

fn right(total: &str) -> (String, Vec<String>) {
    (total.to_owned(), vec![])
}

#[test]
fn a_column_by_which_the_product_is_the_amount_is_a_factor_whatever_it_is_called() {
    // 25 x 4 x 35 = 3500, 2 x 5 x 45 = 450, 3 x 2 x 10 = 60, 4 x 3 x 20 = 240.
    for heading in ["Heads", "Frais de mission", "xyz", "No."] {
        let list = |wrong: &str| {
            format!(
                "Description,{heading},Days,Rate,Total (USD)\nGuests,25,4,35,3500\nTrainers,2,5,45,{wrong}\nGuides,3,2,10,60\nCooks,4,3,20,240\n"
            )
        };
        assert_eq!(read(&list("450")), right("4250"), "{heading}");
        let (total, said) = read(&list("540"));
        assert_eq!(total, "4340", "{heading}");
        assert_eq!(said, ["b.csv:3:17: error[line-amount]: Trainers is typed as 540, but 2 x 45 x 5 is 450"], "{heading}");
    }
}

#[test]
fn one_wrong_row_of_three_does_not_hide_a_factor() {
    // 2 x 12 x 300 = 7200, 3 x 6 x 200 = 3600, 1 x 12 x 420 = 5040 and not 5400.
    let (total, said) =
        read("Item,Qty,Months,Gage,Total (EUR)\nA,2,12,300,7200\nB,3,6,200,3600\nC,1,12,420,5400\nTotal,,,,16200\n");
    assert_eq!(total, "16200");
    assert_eq!(said, ["b.csv:4:12: error[line-amount]: C is typed as 5,400, but 1 x 420 x 12 is 5,040"]);
}

#[test]
fn a_column_of_hundredths_of_the_product_is_a_share() {
    // 1 x 12 x 1000 x 50 % = 6000, 2 x 12 x 400 x 100 % = 9600, 1 x 10 x 300 x 20 % = 600, 1 x 6 x 500 x 40 % = 1200.
    let list = "Description,Persons,Months,Rate (USD),Einsatz,Amount (USD)\nManager,1,12,1000,50,6000\nClerk,2,12,400,100,9600\n\
                Guard,1,10,300,20,600\nCook,1,6,500,40,1200\nTotal,,,,,17400\n";
    assert_eq!(read(list), right("17400"));
    let (_, said) = read(&list.replace("20,600", "20,900").replace("17400", "17700"));
    assert_eq!(said.len(), 1, "{said:?}");
    let wrong = said.concat();
    assert!(wrong.contains("Guard is typed as 900") && wrong.contains("is 600"), "{wrong}");
}

#[test]
fn a_unit_that_holds_figures_only_is_the_price_where_the_product_needs_it() {
    // 2 x 10 = 20, 3 x 10 = 30, 4 x 6 = 24.
    let list = "Item,Qty,Unit,Total (EUR)\nA,2,10,20\nB,3,10,30\nC,4,6,24\n";
    assert_eq!(read(list), right("74"));
    let units = "Item,Qty,Unit,Unit cost,Total (EUR)\nA,2,kg,10,20\nB,3,kg,10,30\n";
    assert_eq!(read(units), right("50"));
}

#[test]
fn a_column_that_is_the_product_in_few_rows_is_no_factor() {
    // Only 2 x 3 x 10 = 60 fits; the others come to 2 x 10 and 5 x 4.
    let (total, said) = read("Item,Qty,Ward,Unit cost,Total (EUR)\nA,2,3,10,60\nB,2,7,10,20\nC,5,9,4,20\nD,3,8,5,15\n");
    assert_eq!(total, "115");
    assert!(said.iter().any(|said| said.contains("figures that no heading explains are left out: C `Ward`")), "{said:?}");
    assert!(said.iter().any(|said| said.contains("A is typed as 60, but 2 x 10 is 20")), "{said:?}");
}

#[test]
fn what_is_called_cost_between_a_quantity_and_a_total_is_the_price() {
    // 2 x 10 = 20, 3 x 10 = 30 and not 40.
    let (total, said) = read("Item,Quantity,Cost,Total (EUR)\nA,2,10,20\nB,3,10,40\nTotal,,,60\n");
    assert_eq!(
        (total.as_str(), said),
        ("60", vec!["b.csv:3:8: error[line-amount]: B is typed as 40, but 3 x 10 is 30".to_owned()])
    );
    // Another column is the product of what is called the cost.
    assert_eq!(read("Item,Quantity,Cost,Ask (EUR)\nA,2,10,20\nB,3,10,30\nC,5,4,20\n").0, "70");
}

#[test]
fn short_headings_of_many_languages_are_known_where_figures_stand_below_them() {
    for [count, price, amount] in [
        ["Nbre", "P.U.", "Montant"],
        ["Nb", "Prix unit.", "Coût"],
        ["Pax", "Price", "AMT"],
        ["Qtde", "Valor unitário", "Valor total"],
        ["Кол-во", "Цена за ед.", "Всего"],
        ["К-сть", "Ціна за одиницю", "Загальна сума"],
        ["العدد", "السعر", "المجموع"],
        ["পরিমাণ", "একক মূল্য", "মোট টাকা"],
        ["Adet", "Birim Fiyatı", "Toplam"],
    ] {
        // 2 x 10 = 20, 3 x 5 = 15 and not 16: too few rows for figures alone.
        let (total, said) = read(&format!("Description,{count},{price},{amount} (USD)\nStaff,2,10,20\nTents,3,5,16\n"));
        assert_eq!(total, "36", "{count}");
        assert_eq!(said, ["b.csv:3:11: error[line-amount]: Tents is typed as 16, but 3 x 5 is 15"], "{count}");
    }
    // A name is no number, though it is spelled as one elsewhere.
    assert_eq!(read("Nombre,Cantidad,Precio,Total (USD)\nMantas,2,10,20\nCarpas,3,5,15\n"), right("35"));
}

#[test]
fn a_wrong_total_is_no_line_in_any_language() {
    for label in [
        "الإجمالي",
        "المجموع الكلي",
        "Усього",
        "Загальна сума",
        "Общая сумма",
        "মোট",
        "সর্বমোট",
        "Montant demandé",
        "Amount requested",
        "Tổng cộng",
    ] {
        // 2 x 100 + 3 x 110 = 530.
        let (total, said) =
            read(&format!("Item,Unit,Qty,Unit cost,Total (USD)\nStaff,month,2,100,200\nTents,each,3,110,330\n{label},,,,860\n"));
        assert_eq!((total.as_str(), said.len()), ("530", 1), "{label}: {said:?}");
        assert!(said.concat().starts_with("b.csv:4:"), "{said:?}");
    }
}

#[test]
fn people_that_are_added_up_make_no_line_of_a_total() {
    // 12000 x 36 = 432000, 4500 x 58 = 261000: 693000.
    let (total, said) = read(
        "Sector,People targeted,Cost per person (USD),Requirement (USD)\nFood,12000,36,432000\nShelter,4500,58,261000\nTOTAL,16500,,639000\n",
    );
    assert_eq!((total.as_str(), said.len()), ("693000", 1), "{said:?}");
}

/// Two amounts, 600 pounds a dollar: 24 x 180000 = 4320000, 4000 x 2700 = 10800000, 2 x 300000 = 600000.
const TWO: &str = "Description,Qty,Unit cost (SDG),Total (SDG),Exchange rate,Total (USD)\nGuards,24,180000,4320000,600,7200\nFuel,4000,2700,10800000,600,18000\nTents,2,300000,600000,600,1000\nTotal,,,15720000,,26200\n";

#[test]
fn amounts_of_a_second_currency_are_added_up_and_held_against_the_rate() {
    let (total, said) = read(TWO);
    assert_eq!((total.as_str(), said.len()), ("15720000", 1), "{said:?}");
    assert!(said.concat().contains("amounts are in SDG and in USD, and are read in SDG: F `Total (USD)` is left out"));
    let (_, said) = read(&TWO.replace("26200", "29200"));
    assert!(said.concat().contains("`Total` of `Total (USD)` is 29,200, but its 3 lines come to 26,200: 3,000 more"), "{said:?}");
    // 19000 for 10800000 at 600 a dollar.
    let (_, said) = read(&TWO.replace(",18000\n", ",19000\n").replace("26200", "27200"));
    assert!(
        said.concat().contains("Fuel is 19,000 in `Total (USD)` for 10,800,000: other lines are at another rate"),
        "{said:?}"
    );
}

#[test]
fn the_currency_of_the_plan_tells_which_amounts_are_the_budget() {
    let dollars = "[plan]\ncurrency = \"USD\"\n";
    let imported = read_as(TWO, dollars);
    assert_eq!((sheets::total(&imported), sheets::serious(&imported)), ("26200".to_owned(), vec![]));
    // 2 x 300000 is not 700000; it is in the other currency.
    let wrong = read_as(&TWO.replace(",600000,", ",700000,").replace("15720000", "15820000"), dollars);
    assert_eq!(sheets::total(&wrong), "26200");
    let said = sheets::errors(&wrong).concat();
    assert!(said.contains("Tents is typed as 700,000 in `Total (SDG)`, but its factors make 600,000"), "{said}");
}

#[test]
fn an_original_and_a_revised_budget_side_by_side_are_asked_about() {
    let list = "Item,Original budget (USD),,,Revised budget (USD),,\n,Qty,Unit cost,Total,Qty,Unit cost,Total\nTents,400,110,44000,520,115,59800\nBlankets,2400,7.5,18000,2000,7.5,15000\nTotal,,,62000,,,74800\n";
    let (total, said) = read(list);
    assert_eq!(total, "no plan");
    assert!(said.concat().contains("several columns can be the amount: D `Total`, G `Total`"), "{said:?}");
    let help = read_as(list, "").findings.into_iter().flat_map(|finding| finding.help).collect::<String>();
    assert!(help.contains("`columns = { A = \"description\", B = \"quantity\", C = \"unit-cost\", D = \"amount\" }`"), "{help}");
}

#[test]
fn subtotals_beside_the_last_line_of_a_section_are_held_against_its_lines() {
    // 4 x 600 + 4 x 250 = 3400, and 2 x 210 = 420: 3820.
    let list = |first: &str, all: &str| {
        format!(
            "Item,Qty,Price,Amount (USD),Subtotal\nTrainers,4,600,2400,\nVenue,4,250,1000,{first}\nTablets,2,210,420,420\nTotal,,,3820,{all}\n"
        )
    };
    assert_eq!(read(&list("3400", "3820")), right("3820"));
    let (total, said) = read(&list("3500", "3920"));
    assert_eq!(total, "3820");
    assert_eq!(
        said,
        [
            "b.csv:3:18: error[subtotal]: a subtotal of `Subtotal` is 3,500, but its 2 lines come to 3,400: 100 more",
            "b.csv:5:14: error[subtotal]: a subtotal of `Subtotal` is 3,920, but its 3 lines come to 3,820: 100 more",
        ]
    );
}

#[test]
fn a_lump_sum_for_a_quantity_is_one_of_its_price() {
    for word in ["LS", "lump sum", "Forfait", "L.S."] {
        let list = |amount: &str| {
            format!(
                "Description,Unit,Qty,Unit cost (USD),Total (USD)\nWorkshop,LS,{word},3500,{amount}\nTrainings,each,6,820,4920\n"
            )
        };
        assert_eq!(read(&list("3500")), right("8420"), "{word}");
        let (total, said) = read(&list("7000"));
        assert_eq!((total.as_str(), said.len()), ("no plan", 1), "{said:?}");
    }
}

#[test]
fn posts_of_a_list_beside_the_budget_are_no_shares_of_it() {
    let list = "Item,Amount USD,,Post,FTE\nPersonnel,64000,,Manager,1\nTravel,8200,,Driver,0.5\nTotal,72200,,Total FTE,1.5\n";
    assert_eq!(read(list), right("72200"));
}

#[test]
fn numbers_in_the_digits_of_other_scripts_are_read_exactly() {
    // 12 x 450000 = 5400000.
    assert_eq!(read("البيان,الكمية,السعر,المبلغ (YER)\nصهاريج,١٢,٤٥٠٠٠٠,٥٤٠٠٠٠٠\nالإجمالي,,,٥٤٠٠٠٠٠\n"), right("5400000"));
    let (_, said) = read("البيان,الكمية,السعر,المبلغ (YER)\nصهاريج,١٢,٤٥٠٠٠٠,٤٥٠٠٠٠٠\nالإجمالي,,,٤٥٠٠٠٠٠\n");
    assert!(said.concat().contains("is typed as 4,500,000, but 12 x 450,000 is 5,400,000"), "{said:?}");
    // 3 x 12.5 = 37.5.
    assert_eq!(read("Item,Qty,Unit cost,Total (BDT)\nA,৩,১২.৫,৩৭.৫\nB,৪,১০,৪০\n").0, "77.5");
    // Twelve in two scripts is no number.
    let (total, said) = read("Item,Qty,Unit cost,Total (YER)\nA,1٢,10,120\nB,3,10,30\n");
    assert_eq!(total, "no plan");
    assert!(said.concat().contains("`1٢` cannot be read as a number"), "{said:?}");
}

#[test]
fn texts_of_windows_in_other_letters_are_told_by_their_words_or_refused() {
    let bytes = |text: &str| -> Vec<u8> {
        // Windows-1251: the letters of Russian in the order of their code points.
        let byte = |c: char| match u32::from(c) {
            code @ 0..=127 => u8::try_from(code).unwrap(),
            code => u8::try_from(code - 0x410 + 0xC0).unwrap(),
        };
        text.chars().map(byte).collect()
    };
    let list = bytes("Наименование;Количество;Цена;Сумма USD\nПалатки;2;10;20\nОдеяла;3;5;15\nИтого;;;35\n");
    let imported = import(Document::of_bytes("b.csv", &list).unwrap(), &Mapping::default());
    assert_eq!((sheets::total(&imported), sheets::serious(&imported)), ("35".to_owned(), vec![]));
    let said = sheets::said(&imported).concat();
    assert!(said.contains("read as windows-1251"), "{said}");
    let error = Document::of_bytes("b.csv", &bytes("Абвгд;Ежзик\nЛмноп;2\n")).unwrap_err().to_string();
    assert!(error.contains("its letters are in an encoding that nothing tells") && error.contains("CSV UTF-8"), "{error}");
    // Accents are no other letters.
    assert!(Document::of_bytes("b.csv", b"Descri\xe7\xe3o;\xc7\xc3O\nA;1\n").is_ok());
}

#[test]
fn an_amount_without_a_currency_asks_which_where_a_word_is_that_of_several() {
    let (_, said) = read("Item,Qty,Prix,Total (FCFA)\nA,2,10,20\nB,3,5,15\n");
    assert_eq!(said, ["b.csv: error[missing-key]: nothing says in which currency the amounts are: `fcfa` can be XOF or XAF"]);
    let imported = read_as("Item,Qty,Price,Total (Ksh)\nA,2,10,20\nB,3,5,15\n", "");
    assert_eq!(imported.plan.map(|plan| plan.total().unwrap().to_string()), Some("KES 35".to_owned()));
}

#[test]
fn amounts_with_a_decimal_comma_prove_factors_too() {
    // 20 x 3500 x 12 = 840000, 600 x 412.5 x 1 = 247500, 2 x 18500.5 x 2 = 74002.
    let list = "Descrição;Nº;Custo unitário;Frequência;Total MZN\nA;20,00;3500,00;12,00;840000,00\nB;600,00;412,50;1,00;247500,00\nC;2,00;18.500,50;2,00;74.002,00\n";
    assert_eq!(read(list), right("1161502"));
}

#[test]
fn amounts_of_a_year_beside_all_years_are_held_against_their_own_factors() {
    // All years: 72 x 1350 = 97200, 45 x 180 = 8100, 210 x 40 = 8400; the first year: 24 x 1350, 15 x 180, 70 x 40 = 2800.
    let list = |third: &str, total: &str| {
        format!(
            "Item,All years,,,Year 1,,\n,Units,Unit value,Total Cost (EUR),Units,Unit value,Total Cost (EUR)\nStaff,72,1350,97200,24,1350,32400\n\
             Abroad,45,180,8100,15,180,2700\nLocal,210,40,8400,70,40,{third}\nTotal,,,113700,,,{total}\n"
        )
    };
    assert_eq!(read(&list("2800", "37900")), right("113700"));
    let (total, said) = read(&list("2080", "37180"));
    assert_eq!(total, "113700");
    assert_eq!(
        said,
        ["b.csv:5:25: error[line-amount]: Local is typed as 2,080 in `Total Cost (EUR)`, but its factors make 2,800"]
    );
}

#[test]
fn offices_whose_amounts_are_multiplied_are_lines() {
    // 2200 x 120 x 3 = 792000, 640 x 135 x 2 = 172800 and not 127800.
    let (total, said) = read(
        "Location,Households,Transfer value (USD),Rounds,Total transfer (USD)\nIdlib,2200,120,3,792000\nHama,640,135,2,127800\nTotal,,,,919800\n",
    );
    assert_eq!(total, "919800");
    assert!(said.len() == 1 && said[0].contains("Hama is typed as 127,800, but 640 x 135 x 2 is 172,800"), "{said:?}");
}

#[test]
fn shares_of_the_total_beside_what_is_multiplied_are_no_factors_and_are_checked() {
    // 36,000, 18,000 and 6,000 of 60,000 are 60, 30 and 10 %.
    let list = |share: &str| {
        format!(
            "Description,Quantity,Unit cost,Total (USD),%\nCoordinator,12,3000,36000,{share}\nOfficer,12,1500,18000,30\nKits,6,1000,6000,10\nTotal,,,60000,100\n"
        )
    };
    assert_eq!(read(&list("60")), right("60000"));
    let (total, said) = read(&list("65"));
    assert_eq!(total, "60000");
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].starts_with("b.csv:2:") && said[0].contains("error[declared-share]"), "{said:?}");
    // A share of a post is a factor: 12 x 3,000 x 50 % are 18,000.
    let charged = "Description,Quantity,Unit cost,Total (USD),% charged\nCoordinator,12,3000,18000,50\nOfficer,12,1500,18000,100\nTotal,,,36000,\n";
    assert_eq!(read(charged), right("36000"));
}

#[test]
fn an_amount_that_cannot_be_held_is_an_error_and_not_left_out() {
    let (_, said) = read("Description,Amount (USD)\nKits,12345678901234567890123456789012345\nPens,5\nTotal,5\n");
    assert!(said.iter().any(|said| said.starts_with("b.csv:2:6: error[not-a-number]")), "{said:?}");
}
