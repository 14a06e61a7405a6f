//! The commands that unlock a drive, for each system and tool: find the drive by its serial number, unlock, read without writing, lock
//! again.

use secrecy::{ExposeSecret, SecretString};
use strum::VariantArray;

use super::command_line::CommandLine;
use super::reading::KeyReading;
use crate::azure::model::BitLockerKey;

/// A program that unlocks drives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, VariantArray)]
pub enum UnlockTool {
    /// Windows, at the prompt of an administrator.
    ManageBde,
    /// Windows PowerShell, as an administrator.
    PowerShell,
    /// Microsoft's own tool, for keys that are base-64 text.
    WaImportExport,
    /// Linux: the kernel unlocks, the program only tells it how.
    Cryptsetup,
    /// Linux, with a file system in user space.
    Dislocker,
    /// macOS with a tool from outside.
    MacOs,
}

impl UnlockTool {
    /// Its name on the screen.
    pub fn title(self) -> &'static str {
        match self {
            Self::ManageBde => "Windows, manage-bde",
            Self::PowerShell => "Windows, PowerShell",
            Self::WaImportExport => "Windows, WAImportExport",
            Self::Cryptsetup => "Linux, cryptsetup",
            Self::Dislocker => "Linux, dislocker",
            Self::MacOs => "macOS",
        }
    }

    /// The tool of the system that this program runs on.
    pub fn of_this_system() -> Self {
        match () {
            () if cfg!(windows) => Self::ManageBde,
            () if cfg!(target_os = "macos") => Self::MacOs,
            () => Self::Cryptsetup,
        }
    }

    /// The tool after this one, or before it, in a circle.
    pub fn neighbour(self, forward: bool) -> Self {
        let count = Self::VARIANTS.len();
        let at = Self::VARIANTS.iter().position(|tool| *tool == self).unwrap_or(0);
        let next = if forward { at + 1 } else { at + count - 1 };
        Self::VARIANTS[next % count]
    }
}

/// What to type for one drive, in order.
#[derive(Clone, Debug)]
pub struct Instructions {
    /// Lists drives with their serial numbers.
    pub find: CommandLine,
    /// What to look for in that list.
    pub look: String,
    /// Unlocks the drive; it has the key, unless the tool asks for it.
    pub unlock: CommandLine,
    /// Makes its files readable, where that is a command of its own. Nothing is written to the drive.
    pub mount: Option<CommandLine>,
    /// Takes the drive off again, where that is a command.
    pub close: Option<CommandLine>,
    /// What else to know.
    pub note: &'static str,
}

/// The key as a tool is given it.
enum Given {
    /// A recovery password in its form with hyphens.
    Recovery(SecretString),
    /// A password.
    Password(SecretString),
    /// It cannot be a key of this kind: the command has a word in its place.
    Unusable,
}

/// The commands of a tool for the drive of a key.
pub fn instructions(tool: UnlockTool, key: &BitLockerKey) -> Instructions {
    let given = match KeyReading::of(&key.key) {
        KeyReading::RecoveryPassword { text, .. } => Given::Recovery(text),
        KeyReading::Base64(Some(text)) => Given::Password(text),
        KeyReading::Base64(None) => Given::Password(key.key.expose_secret().trim().to_owned().into()),
        KeyReading::WrongLength(_) | KeyReading::Other => Given::Unusable,
    };
    let name = mapping_name(&key.drive);
    let serial = format!("The serial number is {}; a dock may show its own instead.", key.drive.trim());
    match tool {
        UnlockTool::ManageBde => windows(manage_bde(given), &serial),
        UnlockTool::PowerShell => windows(power_shell(given), &serial),
        UnlockTool::WaImportExport => {
            let text = key.key.expose_secret().trim();
            let usable = !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "+/=-".contains(c));
            let before = "WAImportExport.exe Unlock /bk:";
            let unlock = if usable {
                CommandLine::with_key(before, text.to_owned().into(), " /driveLetter:X")
            } else {
                CommandLine::plain(format!("{before}KEY /driveLetter:X"))
            };
            windows(unlock, &serial)
        }
        UnlockTool::Cryptsetup => Instructions {
            find: CommandLine::plain("lsblk -o NAME,SIZE,FSTYPE,SERIAL,MODEL"),
            look: format!("{serial} Its partition of the type BitLocker is in place of sdX1."),
            unlock: piped(
                given,
                &format!("sudo cryptsetup open --type bitlk --readonly --key-file - /dev/sdX1 {name}"),
            ),
            mount: Some(CommandLine::plain(format!(
                "sudo mkdir -p /mnt/{name} && sudo mount -t ntfs3 -o ro,iocharset=utf8 /dev/mapper/{name} /mnt/{name}"
            ))),
            close: Some(CommandLine::plain(format!("sudo umount /mnt/{name} && sudo cryptsetup close {name}"))),
            note: "cryptsetup 2.3 or newer. It takes the key only with its seven hyphens, and nothing behind it.",
        },
        UnlockTool::Dislocker => Instructions {
            find: CommandLine::plain("lsblk -o NAME,SIZE,FSTYPE,SERIAL,MODEL"),
            look: format!("{serial} Its partition of the type BitLocker is in place of sdX1."),
            unlock: dislocker(given, "/dev/sdX1", &name),
            mount: Some(CommandLine::plain(format!(
                "sudo mkdir -p /mnt/{name} && sudo mount -o ro,loop /mnt/{name}-dislocker/dislocker-file /mnt/{name}"
            ))),
            close: Some(CommandLine::plain(format!("sudo umount /mnt/{name} /mnt/{name}-dislocker"))),
            note: "For drives that cryptsetup refuses, e.g. one that is encrypted in part. It is slower.",
        },
        UnlockTool::MacOs => Instructions {
            find: CommandLine::plain("diskutil list external"),
            look: format!("{serial} System Information lists serial numbers; the partition is in place of disk4s1."),
            unlock: CommandLine::plain("sudo anylinuxfs /dev/disk4s1 -o ro -t ntfs3"),
            mount: None,
            close: None,
            note: "macOS cannot unlock BitLocker itself. anylinuxfs is for Apple silicon, asks for the key and mounts one \
                   drive at a time; eject it in the Finder. On an Intel Mac use dislocker with macFUSE, or a machine with Windows.",
        },
    }
}

fn windows(unlock: CommandLine, serial: &str) -> Instructions {
    Instructions {
        find: CommandLine::plain("Get-Disk | Format-Table Number,FriendlyName,SerialNumber,Size"),
        look: format!("{serial} Its drive letter is in place of X. Get-Disk is a command of PowerShell."),
        unlock,
        mount: None,
        close: Some(CommandLine::plain("manage-bde -lock X:")),
        note: "As an administrator. When Windows offers to format the drive, refuse; leave BitLocker on. Windows may write to the \
               drive: Set-Disk -Number N -IsReadOnly $true before unlocking keeps it from that; this was not tried with these drives.",
    }
}

fn manage_bde(given: Given) -> CommandLine {
    match given {
        Given::Recovery(key) => CommandLine::with_key("manage-bde -unlock X: -RecoveryPassword ", key, ""),
        // It asks for the password.
        Given::Password(_) => CommandLine::plain("manage-bde -unlock X: -Password"),
        Given::Unusable => CommandLine::plain("manage-bde -unlock X: -RecoveryPassword KEY"),
    }
}

fn power_shell(given: Given) -> CommandLine {
    let start = "Unlock-BitLocker -MountPoint 'X:'";
    match given {
        Given::Recovery(key) => CommandLine::with_key(format!("{start} -RecoveryPassword '"), key, "'"),
        Given::Password(_) => CommandLine::plain(format!("{start} -Password (Read-Host -AsSecureString)")),
        Given::Unusable => CommandLine::plain(format!("{start} -RecoveryPassword 'KEY'")),
    }
}

/// A command that reads the key from its standard input: no other user of the machine sees it in the list of processes.
fn piped(given: Given, command: &str) -> CommandLine {
    match given {
        Given::Recovery(key) | Given::Password(key) => {
            CommandLine::with_key("printf %s '", escaped(&key), format!("' | {command}"))
        }
        Given::Unusable => CommandLine::plain(format!("printf %s 'KEY' | {command}")),
    }
}

fn dislocker(given: Given, partition: &str, name: &str) -> CommandLine {
    let start = format!("sudo mkdir -p /mnt/{name}-dislocker && sudo dislocker-fuse -r -V {partition} ");
    let end = format!(" -- /mnt/{name}-dislocker");
    match given {
        Given::Recovery(key) => CommandLine::with_key(format!("{start}-p"), key, end),
        Given::Password(key) => CommandLine::with_key(format!("{start}-u'"), escaped(&key), format!("'{end}")),
        Given::Unusable => CommandLine::plain(format!("{start}-pKEY{end}")),
    }
}

/// A text as it stands between single quotes of a POSIX shell.
fn escaped(text: &SecretString) -> SecretString {
    text.expose_secret().replace('\'', r"'\''").into()
}

/// A name for the unlocked drive that every shell and every file system takes: `bf-WX11`.
fn mapping_name(serial: &str) -> String {
    let safe: String = serial.chars().filter(char::is_ascii_alphanumeric).take(24).collect();
    format!("bf-{}", if safe.is_empty() { "drive" } else { &safe })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const KEY: &str = "531058-303050-716078-383614-460922-106975-083446-139161";

    fn key(drive: &str, key: &str) -> BitLockerKey {
        BitLockerKey { drive: drive.into(), key: key.to_owned().into() }
    }

    fn unlock(tool: UnlockTool, text: &str) -> String {
        instructions(tool, &key("WX11", text)).unlock.exposed().expose_secret().to_owned()
    }

    #[test]
    fn w58_each_tool_gets_the_key_in_the_form_it_takes_however_the_service_wrote_it() {
        for given in [KEY.to_owned(), KEY.replace('-', ""), KEY.replace('-', " ") + "\n"] {
            for (tool, wanted) in [
                (UnlockTool::ManageBde, format!("manage-bde -unlock X: -RecoveryPassword {KEY}")),
                (UnlockTool::PowerShell, format!("Unlock-BitLocker -MountPoint 'X:' -RecoveryPassword '{KEY}'")),
                (
                    UnlockTool::Cryptsetup,
                    format!(
                        "printf %s '{KEY}' | sudo cryptsetup open --type bitlk --readonly --key-file - /dev/sdX1 bf-WX11"
                    ),
                ),
            ] {
                assert_eq!(unlock(tool, &given), wanted);
            }
            assert!(unlock(UnlockTool::Dislocker, &given).contains(&format!(" -r -V /dev/sdX1 -p{KEY} -- ")));
        }
    }

    #[test]
    fn w58_a_command_is_masked_unless_it_is_asked_for_in_full() {
        for tool in UnlockTool::VARIANTS {
            let all = instructions(*tool, &key("WX11", KEY));
            let masked = all.unlock.masked("*");
            assert!(!masked.contains("531058") && !format!("{all:?}").contains("531058"), "{masked}");
            assert_eq!(all.unlock.has_key(), masked.contains("******"), "{masked}");
        }
    }

    #[test]
    fn a_drive_is_read_without_writing_to_it_wherever_a_command_can_say_so() {
        for (tool, words) in [(UnlockTool::Cryptsetup, "-o ro"), (UnlockTool::Dislocker, "-o ro")] {
            let mount = instructions(tool, &key("WX11", KEY)).mount.unwrap();
            assert!(mount.masked("*").contains(words));
        }
        assert!(unlock(UnlockTool::MacOs, KEY).contains("-o ro"));
        assert!(unlock(UnlockTool::Dislocker, KEY).contains(" -r "));
    }

    #[test]
    fn a_key_that_is_none_is_never_put_into_a_command() {
        for tool in [UnlockTool::ManageBde, UnlockTool::PowerShell, UnlockTool::Cryptsetup, UnlockTool::Dislocker] {
            for text in ["$(reboot)", "111111-222222", ""] {
                assert!(unlock(tool, text).contains("KEY"), "{}", unlock(tool, text));
            }
        }
        assert!(unlock(UnlockTool::WaImportExport, "a b; reboot").contains("/bk:KEY "));
    }

    #[test]
    fn the_tools_go_round_in_a_circle() {
        let mut tool = UnlockTool::of_this_system();
        for _ in UnlockTool::VARIANTS {
            assert_eq!(tool.neighbour(true).neighbour(false), tool);
            tool = tool.neighbour(true);
        }
        assert_eq!(tool, UnlockTool::of_this_system());
    }

    proptest! {
        #[test]
        fn a_serial_number_never_becomes_a_command(serial in any::<String>()) {
            let all = instructions(UnlockTool::Cryptsetup, &key(&serial, KEY));
            let close = all.close.unwrap().masked("*");
            let name = close.rsplit(' ').next().unwrap();
            prop_assert!(name.starts_with("bf-") && name[3..].chars().all(|c| c.is_ascii_alphanumeric()));
        }
    }
}
