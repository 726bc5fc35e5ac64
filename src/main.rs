//! x
use std::io::Write;
fn main(){ let a:Vec<String>=std::env::args().collect();
 if a[1]=="lines" { let f=|p:&str| std::fs::read_to_string(p).unwrap(); 
 for b in fauxami::align::passages::align_texts(&f(&a[2]),&f(&a[3]),fauxami::align::Unit::Line){ println!("{{\"a\":{:?},\"b\":{:?},\"score\":{}}}",b.a.collect::<Vec<_>>(),b.b.collect::<Vec<_>>(),b.score);} }
 else { let mut o=std::io::stdout().lock(); for l in std::fs::read_to_string(&a[2]).unwrap().lines(){ let v:serde_json::Value=serde_json::from_str(l).unwrap(); let x:Vec<&str>=v["a"].as_str().unwrap().split(' ').collect(); let y:Vec<&str>=v["b"].as_str().unwrap().split(' ').collect(); let p=fauxami::align::words::align_tokens(&x,&y); let p:Vec<[usize;2]>=p.into_iter().map(|(a,b)|[a,b]).collect(); writeln!(o,"{{\"id\":{},\"pairs\":{:?}}}",v["id"],p).unwrap(); } } }
